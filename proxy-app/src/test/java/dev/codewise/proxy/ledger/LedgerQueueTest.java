package dev.codewise.proxy.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.CapturedLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LedgerQueueTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LedgerQueue queue = new LedgerQueue(2, new LedgerMetrics(meters));

    @Test
    void givesTheOldestFirstAndKeepsThemUntilTheyAreWritten() {
        CompletionsEnded.many(2).forEach(queue::add);

        var first = queue.next(1);

        assertThat(first).containsExactly(CompletionsEnded.called("req_0"));
        assertThat(queue.next(1)).isEqualTo(first);
        queue.written(first);
        assertThat(queue.next(5)).containsExactly(CompletionsEnded.called("req_1"));
        assertThat(meters.get("codewise.ledger.waiting").gauge().value()).isEqualTo(1);
    }

    @Test
    void keepsWhatIsNotWrittenWhereABatchIsSaidToBeSoTwice() {
        CompletionsEnded.many(2).forEach(queue::add);
        var first = queue.next(1);

        queue.written(first);
        queue.written(first);

        assertThat(queue.next(5)).containsExactly(CompletionsEnded.called("req_1"));
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void losesAndCountsWhatItHasNoRoomForAndWarnsOnceEachTime() {
        try (var log = CapturedLog.of(LedgerQueue.class)) {
            CompletionsEnded.many(5).forEach(queue::add);
            queue.written(queue.next(2));
            CompletionsEnded.many(3).forEach(queue::add);

            assertThat(queue.size()).isEqualTo(2);
            assertThat(meters.get("codewise.ledger.lost").counter().count()).isEqualTo(4);
            assertThat(log.lines())
                    .hasSize(2)
                    .allMatch(line -> line.startsWith("WARN The ledger cannot be written and 2 entries wait"));
        }
    }

    @Test
    void holdsItsLimitHoweverManyAddAtOnce() {
        try (var log = CapturedLog.of(LedgerQueue.class)) {
            IntStream.range(0, 1000)
                    .parallel()
                    .mapToObj(number -> CompletionsEnded.called("req_" + number))
                    .forEach(queue::add);

            assertThat(queue.next(1000)).hasSize(2);
            assertThat(meters.get("codewise.ledger.lost").counter().count()).isEqualTo(998);
            assertThat(log.lines()).hasSize(1);
        }
    }
}
