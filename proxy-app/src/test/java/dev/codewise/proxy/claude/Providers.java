package dev.codewise.proxy.claude;

import dev.codewise.fixtures.FakeAnthropic;
import dev.codewise.proxy.home.Secret;
import java.time.Duration;
import reactor.netty.resources.ConnectionProvider;

/** Providers that ask a fake API, wired as in the configuration but with a connection for each request. */
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

    private static ClaudeApiProvider with(FakeAnthropic anthropic, Duration silence, Duration maxDuration) {
        var http =
                ClaudeConfiguration.webClient(anthropic.baseUrl(), Secret.of(KEY), ConnectionProvider.newConnection());
        return new ClaudeApiProvider(new ClaudeClient(http, silence, maxDuration));
    }
}
