package dev.codewise.proxy.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.fixtures.ApiAnswer;
import dev.codewise.fixtures.ApiRequest;
import dev.codewise.fixtures.FakeAnthropic;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Origins;
import dev.codewise.proxy.completion.Provider;
import dev.codewise.proxy.completion.Turn;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;

class ManyStreamsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int MANY = 500;

    private FakeAnthropic anthropic;

    @BeforeEach
    void start() throws IOException {
        anthropic = FakeAnthropic.start();
    }

    @AfterEach
    void stop() throws IOException {
        anthropic.close();
    }

    @Test
    void areOpenAtOnceAndAllReleasedByACancelSoThatAsManyMoreCanFollow() {
        ConnectionProvider connections = ClaudeConfiguration.connections(MANY);
        Provider provider = Providers.pooled(anthropic, connections);
        var heard = new AtomicInteger();

        anthropic.always(ApiAnswer.says("Hel", "lo").stallsAfter(1));
        Disposable streams = many(provider).ofType(Text.class).subscribe(text -> heard.incrementAndGet());
        await().atMost(PATIENCE).until(() -> heard.get() == MANY);
        streams.dispose();
        await().atMost(PATIENCE).until(() -> anthropic.requests().stream().allMatch(ApiRequest::isHungUp));

        anthropic.always(ApiAnswer.says("Hello"));
        assertThat(many(provider).ofType(Finished.class).count().block(PATIENCE))
                .isEqualTo(MANY);
        connections.dispose();
    }

    /** With nobody allowed to wait, and with one who then waits in vain. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void areTooManyWhereNoConnectionGetsFree(int waiting) {
        ConnectionProvider connections = ConnectionProvider.builder("full")
                .maxConnections(1)
                .pendingAcquireMaxCount(waiting)
                .pendingAcquireTimeout(Duration.ofMillis(200))
                .build();
        Provider provider = Providers.pooled(anthropic, connections);
        anthropic.always(ApiAnswer.stalls());

        Disposable first = answer(provider).onErrorComplete().subscribe();
        anthropic.awaitRequest();

        StepVerifier.create(answer(provider))
                .expectErrorSatisfies(ManyStreamsTest::assertOverloaded)
                .verify(PATIENCE);
        assertThat(anthropic.requests()).hasSize(1);
        first.dispose();
        connections.dispose();
    }

    private static Flux<CompletionEvent> many(Provider provider) {
        return Flux.range(0, MANY).flatMap(i -> answer(provider), MANY);
    }

    private static Flux<CompletionEvent> answer(Provider provider) {
        return provider.complete(
                new CompletionRequest(Origins.origin("req_1"), "sonnet", null, List.of(Turn.user("Say hello"))));
    }

    private static void assertOverloaded(Throwable failure) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        CompletionException.class,
                        known -> assertThat(known.reason()).isEqualTo(Reason.OVERLOADED));
    }
}
