package dev.codewise.proxy.agent.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.protocol.Protocol;
import dev.codewise.protocol.RunFinish;
import dev.codewise.protocol.RunMessage;
import dev.codewise.protocol.RunMessage.Chunk;
import dev.codewise.protocol.RunMessage.Complete;
import dev.codewise.proxy.agent.reply.Delivery.Verdict;
import dev.codewise.proxy.agent.reply.SpeakingTurn.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class MailboxTest {

    private final Mailbox mailbox = new Mailbox(System::nanoTime);

    @Test
    void acknowledgesAMessageOnlyWhenTheClientHasTakenIt() {
        var receipts = new ArrayList<Verdict>();

        StepVerifier.create(mailbox.messages(), 0)
                .then(() ->
                        mailbox.handOver(chunk("one")).map(Delivery::verdict).subscribe(receipts::add))
                .then(() ->
                        mailbox.handOver(chunk("two")).map(Delivery::verdict).subscribe(receipts::add))
                .then(() -> assertThat(receipts).isEmpty())
                .thenRequest(1)
                .expectNext(chunk("one"))
                .then(() -> assertThat(receipts).containsExactly(Verdict.ACCEPTED))
                .thenRequest(1)
                .expectNext(chunk("two"))
                .then(() -> assertThat(receipts).hasSize(2))
                .thenCancel()
                .verify();
    }

    @Test
    void keepsWhatComesBeforeTheClientListens() {
        mailbox.handOver(chunk("early")).subscribe();
        mailbox.handOver(complete()).subscribe();

        StepVerifier.create(mailbox.messages())
                .expectNext(chunk("early"), complete())
                .verifyComplete();
    }

    @Test
    void acceptsNothingAfterTheLastMessage() {
        mailbox.messages().subscribe();
        handOver(complete()).join();

        assertThat(handOver(chunk("late")).join()).isEqualTo(Verdict.OVER);
        assertThat(handOver(complete()).join()).isEqualTo(Verdict.OVER);
    }

    @Test
    void acceptsOnlyOneEndEvenWhileNobodyReads() {
        CompletableFuture<Verdict> first = handOver(complete());

        assertThat(handOver(complete()).join()).isEqualTo(Verdict.OVER);
        assertThat(first).isNotDone();
    }

    @Test
    void tellsEverySenderWhenItIsClosed() {
        CompletableFuture<Verdict> unread = handOver(chunk("unread"));

        mailbox.close();

        assertThat(unread).isCompletedWithValue(Verdict.OVER);
        assertThat(handOver(chunk("late")).join()).isEqualTo(Verdict.OVER);
    }

    @Test
    void forgetsWhatItsSenderTookBackBeforeItWasRead() {
        mailbox.handOver(chunk("once")).subscribe().dispose();
        mailbox.handOver(chunk("once")).subscribe();
        mailbox.handOver(complete()).subscribe().dispose();
        mailbox.handOver(complete()).subscribe();

        StepVerifier.create(mailbox.messages())
                .expectNext(chunk("once"), complete())
                .verifyComplete();
    }

    @Test
    void waitsForItsSenderAgainOnceThatHasTakenEverythingBack() {
        VirtualTimeScheduler clock = VirtualTimeScheduler.getOrSet();
        try {
            var timed = new Mailbox(() -> clock.now(TimeUnit.NANOSECONDS));
            timed.handOver(chunk("never mind")).subscribe().dispose();
            var silent = timed.turn().overdue(Side.AGENT, Duration.ofSeconds(9)).toFuture();
            var neglected =
                    timed.turn().overdue(Side.CLIENT, Duration.ofSeconds(9)).toFuture();

            clock.advanceTimeBy(Duration.ofSeconds(9));

            assertThat(silent).isDone();
            assertThat(neglected).isNotDone();
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    @Test
    void waitsForItsClientToReadThatTheAnswerIsTooLong() {
        VirtualTimeScheduler clock = VirtualTimeScheduler.getOrSet();
        try {
            var timed = new Mailbox(() -> clock.now(TimeUnit.NANOSECONDS));
            timed.handOver(chunk("x".repeat(Protocol.MAX_OUTPUT_BYTES + 1))).subscribe();
            var silent = timed.turn().overdue(Side.AGENT, Duration.ofSeconds(9)).toFuture();
            var neglected =
                    timed.turn().overdue(Side.CLIENT, Duration.ofSeconds(9)).toFuture();

            clock.advanceTimeBy(Duration.ofSeconds(9));

            assertThat(silent).isNotDone();
            assertThat(neglected).isDone();
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    @Test
    void refusesASenderThatDoesNotWaitForItsAnswers() {
        IntStream.range(0, 16).forEach(i -> mailbox.handOver(chunk("x")).subscribe());

        assertThat(handOver(chunk("one too many")).join()).isEqualTo(Verdict.TOO_FAST);
    }

    @Test
    void refusesMoreOutputThanOneRequestMayHave() {
        mailbox.messages().subscribe();
        String quarter = "x".repeat(Protocol.MAX_CHUNK_CHARS);
        int full = Protocol.MAX_OUTPUT_BYTES / Protocol.MAX_CHUNK_CHARS;

        IntStream.range(0, full)
                .forEach(i -> assertThat(handOver(chunk(quarter)).join()).isEqualTo(Verdict.ACCEPTED));

        assertThat(handOver(chunk("x")).join()).isEqualTo(Verdict.TOO_LONG);
    }

    @Test
    void takesAnAnswerOfExactlyAsMuch() {
        mailbox.messages().subscribe();
        String most = "x".repeat(Protocol.MAX_OUTPUT_BYTES - 1);

        assertThat(handOver(chunk(most)).join()).isEqualTo(Verdict.ACCEPTED);
        assertThat(handOver(chunk("x")).join()).isEqualTo(Verdict.ACCEPTED);
        assertThat(handOver(complete()).join()).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void endsAnAnswerThatIsTooLongWithWhatThereIs() {
        var heard = mailbox.messages().collectList().toFuture();
        String quarter = "x".repeat(Protocol.MAX_CHUNK_CHARS);
        int full = Protocol.MAX_OUTPUT_BYTES / Protocol.MAX_CHUNK_CHARS;

        IntStream.rangeClosed(0, full)
                .forEach(i -> mailbox.handOver(chunk(quarter)).subscribe());

        assertThat(heard.join()).hasSize(full + 1);
        assertThat(heard.join().get(full))
                .isEqualTo(new Complete("req-1", null, RunFinish.LENGTH, null, null, null, null));
        assertThat(mailbox.hasOverflowed()).isTrue();
        assertThat(mailbox.hasEnded()).isTrue();
        assertThat(handOver(complete())).isCompletedWithValue(Verdict.OVER);
    }

    @Test
    void keepsWhatHasANumberThoughItsSenderHungUpAndKnowsTheRepeat() {
        mailbox.handOver(chunk(1)).subscribe().dispose();

        assertThat(handOver(chunk(1))).isCompletedWithValue(Verdict.DUPLICATE);

        StepVerifier.create(mailbox.messages())
                .expectNext(chunk(1))
                .thenCancel()
                .verify();
    }

    @Test
    void losesNothingBetweenASenderAndAReaderOnDifferentThreads() {
        List<RunMessage> sent = IntStream.range(0, 20_000)
                .<RunMessage>mapToObj(i -> chunk("x" + i))
                .toList();

        var received = mailbox.messages()
                .publishOn(Schedulers.parallel(), 8)
                .collectList()
                .toFuture();
        Flux.fromIterable(sent)
                .concatWithValues(complete())
                .subscribeOn(Schedulers.boundedElastic())
                .concatMap(mailbox::handOver)
                .blockLast();

        assertThat(received.join()).startsWith(sent.toArray(RunMessage[]::new)).hasSize(20_001);
    }

    private CompletableFuture<Verdict> handOver(RunMessage message) {
        return mailbox.handOver(message).map(Delivery::verdict).toFuture();
    }

    private static RunMessage chunk(long seq) {
        return new Chunk("req-1", seq, "x");
    }

    private static RunMessage chunk(String content) {
        return new Chunk("req-1", null, content);
    }

    private static RunMessage complete() {
        return new Complete("req-1", null, null, null, null, null, null);
    }
}
