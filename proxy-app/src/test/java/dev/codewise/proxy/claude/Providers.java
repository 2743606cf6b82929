package dev.codewise.proxy.claude;

import dev.codewise.fixtures.FakeAnthropic;
import dev.codewise.proxy.home.Secret;
import java.time.Duration;
import reactor.netty.resources.ConnectionProvider;

/** Providers that ask a fake API, wired as in the configuration, but where nothing is said with a connection for each request. */
final class Providers {

    static final String KEY = "sk-ant-made-up-and-secret";
    private static final Duration LONG = Duration.ofMinutes(1);

    private Providers() {}

    static ClaudeApiProvider patient(FakeAnthropic anthropic) {
        return with(anthropic, LONG, LONG);
    }

    static ClaudeApiProvider waitingAtMost(Duration silence, FakeAnthropic anthropic) {
        return with(anthropic, silence, LONG);
    }

    static ClaudeApiProvider takingAtMost(Duration maxDuration, FakeAnthropic anthropic) {
        return with(anthropic, LONG, maxDuration);
    }

    static ClaudeApiProvider pooled(FakeAnthropic anthropic, ConnectionProvider connections) {
        return with(anthropic, LONG, LONG, connections);
    }

    private static ClaudeApiProvider with(FakeAnthropic anthropic, Duration silence, Duration maxDuration) {
        return with(anthropic, silence, maxDuration, ConnectionProvider.newConnection());
    }

    private static ClaudeApiProvider with(
            FakeAnthropic anthropic, Duration silence, Duration maxDuration, ConnectionProvider connections) {
        var http = ClaudeConfiguration.webClient(anthropic.baseUrl(), Secret.of(KEY), connections);
        return new ClaudeApiProvider(
                new ClaudeClient(http, new Silence(silence, LONG, System::nanoTime), maxDuration),
                new Breaker(System::nanoTime));
    }
}
