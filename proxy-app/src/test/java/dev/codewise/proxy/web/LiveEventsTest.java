package dev.codewise.proxy.web;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class LiveEventsTest {

    private static final Duration BEAT = Duration.ofSeconds(15);

    private final IllegalStateException failure = new IllegalStateException("broken");

    @Test
    void beatEveryFifteenSecondsUntilTheEnd() {
        StepVerifier.withVirtualTime(() -> live(Flux.just("a", "b").delayElements(Duration.ofSeconds(22))))
                .expectSubscription()
                .expectNoEvent(BEAT)
                .expectNext(LiveEvents.COMMENT)
                .thenAwait(Duration.ofSeconds(29))
                .expectNext("a", LiveEvents.COMMENT, "b")
                .verifyComplete();
    }

    @Test
    void endAfterTheirSourceItself() {
        StepVerifier.create(live(Flux.just("a").concatWith(Flux.never())))
                .expectNext("a")
                .expectNoEvent(Duration.ofMillis(50))
                .thenCancel()
                .verify();
    }

    @Test
    void failAsAWholeWhileNothingWasSent() {
        StepVerifier.create(live(Flux.error(failure))).verifyErrorMatches(failure::equals);
    }

    @Test
    void endInLastEventsOnceABeatWasSent() {
        StepVerifier.withVirtualTime(() -> live(Mono.delay(Duration.ofSeconds(16))
                        .then(Mono.<String>error(failure))
                        .flux()))
                .thenAwait(Duration.ofSeconds(16))
                .expectNext(LiveEvents.COMMENT, "failed: broken", "error")
                .verifyComplete();
    }

    private static Flux<String> live(Flux<String> events) {
        return new LiveEvents(BEAT, LiveEvents.COMMENT)
                .of(events, cause -> Flux.just("failed: " + cause.getMessage(), "error"));
    }
}
