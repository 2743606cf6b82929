package dev.codewise.proxy.agent.reply;

import dev.codewise.proxy.agent.reply.SpeakingTurn.Side;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class SpeakingTurnTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Test
    void isOverdueWhenOneSideHasHadItForTooLong() {
        StepVerifier.withVirtualTime(() -> turn().overdue(Side.AGENT, LIMIT))
                .expectSubscription()
                .expectNoEvent(LIMIT)
                .verifyComplete();
    }

    @Test
    void beginsAnewWithEveryTurn() {
        StepVerifier.withVirtualTime(() -> {
                    var turn = turn();
                    return turn.overdue(Side.AGENT, LIMIT).mergeWith(after(100, turn, Side.AGENT));
                })
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(220))
                .verifyComplete();
    }

    @Test
    void doesNotCountTheTimeOfTheOtherSide() {
        StepVerifier.withVirtualTime(() -> {
                    var turn = turn();
                    return turn.overdue(Side.AGENT, LIMIT)
                            .mergeWith(after(10, turn, Side.CLIENT))
                            .mergeWith(after(1000, turn, Side.AGENT));
                })
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(1120))
                .thenAwait(LIMIT)
                .verifyComplete();
    }

    private static Mono<Void> after(long seconds, SpeakingTurn turn, Side side) {
        return Mono.delay(Duration.ofSeconds(seconds))
                .doOnNext(now -> turn.of(side))
                .then();
    }

    private static SpeakingTurn turn() {
        return new SpeakingTurn(() -> Schedulers.parallel().now(TimeUnit.NANOSECONDS));
    }
}
