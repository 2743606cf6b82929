package dev.codewise.proxy.agent.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.protocol.Protocol;
import dev.codewise.protocol.RunMessage;
import dev.codewise.protocol.RunMessage.Chunk;
import dev.codewise.protocol.RunMessage.Complete;
import dev.codewise.proxy.agent.reply.ReplyChannel.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class MailboxTest {

    private final Mailbox mailbox = new Mailbox("laptop-1");

    @Test
    void acknowledgesAMessageOnlyWhenTheClientHasTakenIt() {
        var receipts = new ArrayList<Delivery>();

        StepVerifier.create(mailbox.messages(), 0)
                .then(() -> mailbox.handOver(chunk("one")).subscribe(receipts::add))
                .then(() -> mailbox.handOver(chunk("two")).subscribe(receipts::add))
                .then(() -> assertThat(receipts).isEmpty())
                .thenRequest(1)
                .expectNext(chunk("one"))
                .then(() -> assertThat(receipts).containsExactly(Delivery.ACCEPTED))
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
        mailbox.handOver(complete()).toFuture().join();

        assertThat(mailbox.handOver(chunk("late")).toFuture().join()).isEqualTo(Delivery.UNKNOWN);
        assertThat(mailbox.handOver(complete()).toFuture().join()).isEqualTo(Delivery.UNKNOWN);
    }

    @Test
    void acceptsOnlyOneEndEvenWhileNobodyReads() {
        CompletableFuture<Delivery> first = mailbox.handOver(complete()).toFuture();

        assertThat(mailbox.handOver(complete()).toFuture().join()).isEqualTo(Delivery.UNKNOWN);
        assertThat(first).isNotDone();
    }

    @Test
    void tellsEverySenderWhenItIsClosed() {
        CompletableFuture<Delivery> unread = mailbox.handOver(chunk("unread")).toFuture();

        mailbox.close();

        assertThat(unread).isCompletedWithValue(Delivery.UNKNOWN);
        assertThat(mailbox.handOver(chunk("late")).toFuture().join()).isEqualTo(Delivery.UNKNOWN);
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
    void refusesASenderThatDoesNotWaitForItsAnswers() {
        IntStream.range(0, 16).forEach(i -> mailbox.handOver(chunk("x")).subscribe());

        assertThat(mailbox.handOver(chunk("one too many")).toFuture().join()).isEqualTo(Delivery.TOO_FAST);
    }

    @Test
    void refusesMoreOutputThanOneRequestMayHave() {
        mailbox.messages().subscribe();
        String quarter = "x".repeat(Protocol.MAX_CHUNK_CHARS);
        int full = Protocol.MAX_OUTPUT_BYTES / Protocol.MAX_CHUNK_CHARS;

        IntStream.range(0, full)
                .forEach(i -> assertThat(
                                mailbox.handOver(chunk(quarter)).toFuture().join())
                        .isEqualTo(Delivery.ACCEPTED));

        assertThat(mailbox.handOver(chunk("x")).toFuture().join()).isEqualTo(Delivery.TOO_LONG);
    }

    @Test
    void belongsToItsAgentAndToThoseWhoNeedNotSay() {
        assertThat(mailbox.belongsTo("laptop-1")).isTrue();
        assertThat(mailbox.belongsTo(null)).isTrue();
        assertThat(mailbox.belongsTo("laptop-2")).isFalse();
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

    private static RunMessage chunk(String content) {
        return new Chunk("req-1", null, content);
    }

    private static RunMessage complete() {
        return new Complete("req-1", null, null, null, null, null, null);
    }
}
