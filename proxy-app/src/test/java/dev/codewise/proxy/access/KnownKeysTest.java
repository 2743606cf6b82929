package dev.codewise.proxy.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.web.RequestRefused;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class KnownKeysTest {

    private final AtomicInteger questions = new AtomicInteger();

    @Test
    void areKnownFromTheFirstAnswerOn() {
        var keys = KnownKeys.askedWith(counted(Mono.just(1L)));

        StepVerifier.create(keys.orRefuse()).verifyComplete();
        StepVerifier.create(keys.orRefuse()).verifyComplete();

        assertThat(questions).hasValue(1);
    }

    @Test
    void areAskedForAgainAfterASecondWithoutAnAnswer() {
        StepVerifier.withVirtualTime(() -> {
                    var keys = KnownKeys.askedWith(counted(Mono.defer(this::answerToTheSecondQuestion)));
                    return refused(keys)
                            .then(refused(keys))
                            .then(Mono.delay(Duration.ofMillis(1001)))
                            .then(keys.orRefuse());
                })
                .thenAwait(Duration.ofSeconds(2))
                .verifyComplete();
        assertThat(questions).hasValue(2);
    }

    @Test
    void areRefusedWhenTheDatabaseStaysSilentForTwoSeconds() {
        StepVerifier.withVirtualTime(
                        () -> KnownKeys.askedWith(counted(Mono.never())).orRefuse())
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(1999))
                .thenAwait(Duration.ofMillis(1))
                .verifyErrorSatisfies(failure -> assertThat(failure)
                        .isInstanceOf(RequestRefused.class)
                        .hasMessageContaining("The database has not answered")
                        .hasMessageContaining("CODEWISE_API_KEY"));
    }

    @Test
    void areNoneWithoutADatabase() {
        StepVerifier.create(KnownKeys.none().orRefuse()).verifyComplete();
    }

    private Mono<Long> answerToTheSecondQuestion() {
        return questions.get() < 2 ? Mono.error(new IOException("connection refused")) : Mono.just(1L);
    }

    private Mono<Long> counted(Mono<Long> question) {
        return question.doFirst(questions::incrementAndGet);
    }

    private static Mono<Void> refused(KnownKeys keys) {
        return keys.orRefuse().onErrorResume(RequestRefused.class, refusal -> Mono.empty());
    }
}
