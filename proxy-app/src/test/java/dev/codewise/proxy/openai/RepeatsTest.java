package dev.codewise.proxy.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.FinishReason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.databind.node.StringNode;

class RepeatsTest {

    private final MovedClock clock = new MovedClock();
    private final Repeats repeats = new Repeats(clock);
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void areAnsweredFromTheFirstForTenMinutes() {
        ask("a");
        clock.moves(Duration.ofMinutes(10));
        ask("a");
        assertThat(runs).hasValue(1);

        clock.moves(Duration.ofMillis(1));
        ask("a");

        assertThat(runs).hasValue(2);
    }

    @Test
    void areForgottenFromTheOldestOnWhenThereAreTooMany() {
        for (int i = 0; i < 102; i++) {
            ask("key" + i);
        }

        ask("key101");
        assertThat(runs).hasValue(102);
        ask("key0");
        assertThat(runs).hasValue(103);
    }

    private void ask(String key) {
        repeats.of(key, question(), this::answer).watch().blockLast();
    }

    private Flux<CompletionEvent> answer() {
        runs.incrementAndGet();
        return Flux.just(new Finished(FinishReason.STOP, null, null, null));
    }

    private static Question question() {
        return new PromptRequest("sonnet", StringNode.valueOf("Hi"), null, null, Map.of()).question("req_1");
    }

    /** A clock that stands still until it is moved. */
    private static final class MovedClock extends Clock {

        private Instant now = Instant.EPOCH;

        void moves(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
