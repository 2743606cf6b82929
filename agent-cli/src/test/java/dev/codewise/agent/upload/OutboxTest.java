package dev.codewise.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.protocol.RunError;
import dev.codewise.protocol.RunMessage;
import dev.codewise.protocol.RunMessage.Chunk;
import dev.codewise.protocol.RunMessage.Complete;
import dev.codewise.protocol.RunMessage.Failed;
import dev.codewise.protocol.RunToolCall;
import dev.codewise.protocol.RunUsage;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private static final RunMessage LAST = new Complete("req_1", null, null, null, null, null, null);

    private final Outbox outbox = new Outbox("req_1");

    @Test
    void joinsWhatCameInTheMeantime() throws Exception {
        outbox.add("Hel");
        outbox.add("lo");

        assertThat(text()).isEqualTo("Hello");
    }

    @Test
    void givesTheLastMessageAfterAllText() throws Exception {
        outbox.add("Hello");
        outbox.addLast(LAST);

        assertThat(text()).isEqualTo("Hello");
        assertThat(outbox.take()).contains(LAST);
    }

    @Test
    void cutsLongTextIntoChunksThatFitIntoAMessageWhateverIsInThem() throws Exception {
        var long1 = "\u0001".repeat(Outbox.LONGEST_CHUNK) + "rest";

        outbox.add(long1);

        assertThat(text()).hasSize(Outbox.LONGEST_CHUNK);
        assertThat(text()).isEqualTo("rest");
    }

    @Test
    void neverCutsASurrogatePair() throws Exception {
        var text = "a" + "😀".repeat(Outbox.LONGEST_CHUNK / 2);

        outbox.add(text);
        outbox.addLast(LAST);

        var first = text();
        assertThat(Character.isHighSurrogate(first.charAt(first.length() - 1))).isFalse();
        assertThat(first + text()).isEqualTo(text);
    }

    @Test
    void keepsHalfAPairForItsOtherHalf() throws Exception {
        outbox.add("a\ud83d");
        var first = text();
        outbox.add("\ude00b");

        assertThat(first + text()).isEqualTo("a😀b");
    }

    @Test
    void givesUpOnAHalfThatStaysAlone() throws Exception {
        outbox.add("\ud83d");
        outbox.addLast(LAST);

        assertThat(text()).isEqualTo("?");
        assertThat(outbox.take()).contains(LAST);
    }

    @Test
    void givesASignOfLifeOnce() throws Exception {
        outbox.addSignOfLife();

        assertThat(text()).isEmpty();
        outbox.add("Hello");
        assertThat(text()).isEqualTo("Hello");
    }

    @Test
    void letsTheOneWhoFillsItWait() throws Exception {
        outbox.add("x".repeat(Outbox.HOLD));

        var adding = CompletableFuture.runAsync(() -> add("y"));
        await().until(() -> Thread.getAllStackTraces().values().stream().anyMatch(OutboxTest::waitsInAdd));
        assertThat(adding).isNotDone();

        assertThat(text()).hasSize(Outbox.LONGEST_CHUNK);
        adding.join();
    }

    @Test
    void holdsNobodyOnceItIsClosed() throws Exception {
        outbox.add("x".repeat(Outbox.HOLD));

        var adding = CompletableFuture.runAsync(() -> add("y"));
        outbox.close();

        adding.join();
        assertThat(outbox.take()).isEmpty();
    }

    private static boolean waitsInAdd(StackTraceElement[] stack) {
        return stack.length > 2
                && Arrays.stream(stack)
                        .anyMatch(frame -> frame.getClassName().equals(Outbox.class.getName())
                                && frame.getMethodName().equals("add"));
    }

    private void add(String piece) {
        try {
            outbox.add(piece);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String text() throws InterruptedException {
        return ((Chunk) outbox.take().orElseThrow()).content();
    }

    @Test
    void keepsWordsAndCallsApartAndInOrder() throws InterruptedException {
        outbox.add("Let me");
        outbox.add(" look");
        outbox.add(new RunToolCall(0, "toolu_1", "look", ""));
        outbox.add(new RunToolCall(0, null, null, "{\"at\":"));
        outbox.add(new RunToolCall(0, null, null, "1}"));
        outbox.add(new RunToolCall(1, "toolu_2", "look", "{}"));
        outbox.add("!");

        assertThat(outbox.take()).contains(new Chunk("req_1", null, "Let me look"));
        assertThat(outbox.take()).contains(chunk(new RunToolCall(0, "toolu_1", "look", "{\"at\":1}")));
        assertThat(outbox.take()).contains(chunk(new RunToolCall(1, "toolu_2", "look", "{}")));
        assertThat(outbox.take()).contains(new Chunk("req_1", null, "!"));
    }

    @Test
    void keepsThoughtsApartFromWords() throws InterruptedException {
        outbox.addThought("Let me");
        outbox.addThought(" see");
        outbox.add("Hello");
        outbox.addThought("Hm");

        assertThat(outbox.take()).contains(new Chunk("req_1", null, "", "Let me see", null));
        assertThat(outbox.take()).contains(new Chunk("req_1", null, "Hello"));
        assertThat(outbox.take()).contains(new Chunk("req_1", null, "", "Hm", null));
    }

    @Test
    void comesToItsEndThoughTheLastPiecesAreEmpty() throws InterruptedException {
        outbox.add("Hello");
        outbox.take();
        outbox.add("");
        outbox.addThought("");
        outbox.add(new RunToolCall(0, null, null, ""));
        outbox.add(new RunToolCall(0, null, null, null));

        outbox.addLast(new Failed("req_1", null, RunError.of("It broke.")));

        assertThat(outbox.take()).contains(new Failed("req_1", null, RunError.of("It broke.")));
    }

    @Test
    void saysWithTheNextPieceWhatIsUsed() throws InterruptedException {
        var used = new RunUsage(7L, 1L, null, null, null);
        outbox.addUsage(used);
        outbox.add("Hel");

        assertThat(outbox.take()).contains(new Chunk("req_1", null, "Hel").having(used));

        outbox.add("lo");
        assertThat(outbox.take()).contains(new Chunk("req_1", null, "lo"));
    }

    @Test
    void namesACallOnce() throws InterruptedException {
        outbox.add(new RunToolCall(0, "toolu_1", "look", ""));

        assertThat(outbox.take()).contains(chunk(new RunToolCall(0, "toolu_1", "look", "")));

        outbox.add(new RunToolCall(0, null, null, "{}"));
        assertThat(outbox.take()).contains(chunk(new RunToolCall(0, null, null, "{}")));
    }

    @Test
    void cutsLongArgumentsWithoutNamingTheCallAgain() throws InterruptedException {
        outbox.add(new RunToolCall(0, "toolu_1", "look", "x".repeat(Outbox.LONGEST_CHUNK)));
        outbox.add(new RunToolCall(0, null, null, "yy"));

        assertThat(outbox.take())
                .contains(chunk(new RunToolCall(0, "toolu_1", "look", "x".repeat(Outbox.LONGEST_CHUNK))));
        assertThat(outbox.take()).contains(chunk(new RunToolCall(0, null, null, "yy")));
    }

    private static Chunk chunk(RunToolCall call) {
        return new Chunk("req_1", null, "", null, call);
    }
}
