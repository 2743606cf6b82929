package dev.codewise.proxy.agent.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.protocol.RunMessage;
import dev.codewise.protocol.RunMessage.Chunk;
import dev.codewise.protocol.RunMessage.Complete;
import dev.codewise.proxy.agent.reply.Delivery.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The rules of order, held against a model that knows nothing but the list of what it has taken. */
@DisplayName("M30: duplicates, gaps and messages after the end")
class SequenceTest {

    private static final int STEPS = 200;

    @RepeatedTest(50)
    void agreesWithTheModelWhateverComes() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var sequence = new Sequence();
        var model = new Model();

        for (int step = 0; step < STEPS; step++) {
            RunMessage message = anyMessage(random, model);
            Verdict expected = model.take(message);

            assertThat(take(sequence, message))
                    .as("seed %d, step %d, %s", seed, step, message)
                    .isEqualTo(expected);
            assertThat(sequence.next()).as("seed %d, step %d", seed, step).isEqualTo(model.next());
            assertThat(sequence.hasEnded()).isEqualTo(model.hasEnded());
        }
    }

    /** Mostly near what is expected, for that is where mistakes are made. */
    private static RunMessage anyMessage(Random random, Model model) {
        Long seq = random.nextInt(20) == 0 ? null : Math.max(1, model.next() + random.nextInt(5) - 3);
        return random.nextInt(60) == 0 ? last(seq) : chunk(seq);
    }

    @Test
    void takesBackWhatHasNoNumber() {
        var sequence = new Sequence();
        take(sequence, chunk(null));
        take(sequence, last(null));
        assertThat(sequence.hasEnded()).isTrue();

        sequence.forget(last(null));

        assertThat(sequence.hasEnded()).isFalse();
        assertThat(sequence.isUntouched()).isFalse();
        sequence.forget(chunk(null));
        assertThat(sequence.isUntouched()).isTrue();
    }

    @Test
    void countsAsFarAsAnybodyWill() {
        var sequence = new Sequence();
        IntStream.rangeClosed(1, 100_000).forEach(i -> take(sequence, chunk((long) i)));

        assertThat(sequence.next()).isEqualTo(100_001);
        assertThat(sequence.judge(chunk(Long.MAX_VALUE))).isEqualTo(Verdict.GAP);
        assertThat(sequence.judge(chunk(1L))).isEqualTo(Verdict.DUPLICATE);
    }

    private static Verdict take(Sequence sequence, RunMessage message) {
        Verdict verdict = sequence.judge(message);
        if (verdict == Verdict.ACCEPTED) {
            sequence.accept(message);
        }
        return verdict;
    }

    private static RunMessage chunk(@Nullable Long seq) {
        return new Chunk("req-1", seq, "x");
    }

    private static RunMessage last(@Nullable Long seq) {
        return new Complete("req-1", seq, null, null, null, null, null);
    }

    /** What was taken, as it came. */
    private static final class Model {

        private final List<RunMessage> taken = new ArrayList<>();

        Verdict take(RunMessage message) {
            boolean mixes = taken.stream().anyMatch(other -> (other.seq() == null) != (message.seq() == null));
            if (mixes) {
                return Verdict.MIXED;
            }
            if (hasEnded()) {
                return message.seq() != null && taken.contains(message) && message.endsRun()
                        ? Verdict.DUPLICATE
                        : Verdict.OVER;
            }
            if (message.seq() != null && message.seq() != next()) {
                return message.seq() < next() ? Verdict.DUPLICATE : Verdict.GAP;
            }
            taken.add(message);
            return Verdict.ACCEPTED;
        }

        long next() {
            return 1 + taken.stream().filter(message -> message.seq() != null).count();
        }

        boolean hasEnded() {
            return taken.stream().anyMatch(RunMessage::endsRun);
        }
    }
}
