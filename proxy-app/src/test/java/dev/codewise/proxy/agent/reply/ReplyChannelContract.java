package dev.codewise.proxy.agent.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.protocol.RunMessage;
import dev.codewise.protocol.RunMessage.Chunk;
import dev.codewise.protocol.RunMessage.Complete;
import dev.codewise.proxy.agent.reply.Delivery.Verdict;
import dev.codewise.proxy.agent.reply.ReplyChannel.Inbox;
import org.junit.jupiter.api.Test;

/** What every way of bringing messages to waiting requests must do. */
abstract class ReplyChannelContract {

    private final ReplyChannel replies = replyChannel();

    abstract ReplyChannel replyChannel();

    @Test
    void bringsMessagesToTheRequestTheyAreFor() {
        Inbox first = open("req-1");
        Inbox second = open("req-2");
        var heardByFirst = first.messages().collectList().toFuture();
        var heardBySecond = second.messages().collectList().toFuture();

        assertThat(deliver("laptop-1", chunk("req-2", "for two"))).isEqualTo(Verdict.ACCEPTED);
        assertThat(deliver("laptop-1", complete("req-2"))).isEqualTo(Verdict.ACCEPTED);
        assertThat(deliver("laptop-1", complete("req-1"))).isEqualTo(Verdict.ACCEPTED);

        assertThat(heardBySecond.join()).containsExactly(chunk("req-2", "for two"), complete("req-2"));
        assertThat(heardByFirst.join()).containsExactly(complete("req-1"));
    }

    @Test
    void knowsOnlyOpenRequests() {
        assertThat(deliver("laptop-1", chunk("req-1", "x"))).isEqualTo(Verdict.UNKNOWN);

        Inbox inbox = open("req-1");
        assertThat(replies.open()).isEqualTo(1);
        inbox.close().toFuture().join();

        assertThat(deliver("laptop-1", chunk("req-1", "x"))).isEqualTo(Verdict.OVER);
        assertThat(replies.open()).isZero();
    }

    @Test
    void takesMessagesFromTheAgentOfTheRequestOnly() {
        open("req-1").messages().subscribe();

        assertThat(deliver("laptop-2", chunk("req-1", "x"))).isEqualTo(Verdict.UNKNOWN);
        assertThat(deliver(Sender.UNNAMED, chunk("req-1", "x"))).isEqualTo(Verdict.ACCEPTED);
        assertThat(deliver("laptop-1", chunk("req-1", "x"))).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void refusesWhatComesAfterTheEnd() {
        open("req-1").messages().subscribe();
        deliver("laptop-1", complete("req-1"));

        assertThat(deliver("laptop-1", chunk("req-1", "late"))).isEqualTo(Verdict.OVER);
        assertThat(deliver("laptop-1", complete("req-1"))).isEqualTo(Verdict.OVER);
    }

    @Test
    void knowsForAWhileWhatIsOverAndWhoseItWas() {
        Inbox inbox = open("req-1");
        inbox.messages().subscribe();
        deliver("laptop-1", numbered(1, "x"));
        deliver("laptop-1", lastNumbered(2));
        inbox.close().toFuture().join();

        assertThat(deliver("laptop-1", lastNumbered(2))).isEqualTo(Verdict.DUPLICATE);
        assertThat(deliver("laptop-1", numbered(1, "x"))).isEqualTo(Verdict.OVER);
        assertThat(deliver("laptop-1", lastNumbered(3))).isEqualTo(Verdict.OVER);
        assertThat(deliver("laptop-2", lastNumbered(2))).isEqualTo(Verdict.UNKNOWN);
        assertThat(replies.probe(named("laptop-1"), "req-1").toFuture().join())
                .isEqualTo(new Delivery(Verdict.OVER, 3, false));
    }

    @Test
    void saysThatNobodyWaitsForWhatEndedWithoutALastWord() {
        Inbox inbox = open("req-1");
        inbox.messages().subscribe();
        deliver("laptop-1", numbered(1, "x"));
        inbox.close().toFuture().join();

        assertThat(replies.deliver(named("laptop-1"), numbered(2, "y"))
                        .toFuture()
                        .join())
                .isEqualTo(new Delivery(Verdict.OVER, 2, true));
        assertThat(deliver("laptop-1", numbered(1, "x"))).isEqualTo(Verdict.OVER);
    }

    @Test
    void tellsAnAgentHowFarItsRequestHasComeAndNobodyElse() {
        open("req-1").messages().subscribe();
        deliver("laptop-1", numbered(1, "x"));

        assertThat(replies.probe(named("laptop-1"), "req-1").toFuture().join())
                .isEqualTo(new Delivery(Verdict.ACCEPTED, 2, false));
        assertThat(replies.probe(named("laptop-2"), "req-1").toFuture().join()).isEqualTo(Delivery.UNKNOWN);
        assertThat(replies.probe(named("laptop-1"), "req-2").toFuture().join()).isEqualTo(Delivery.UNKNOWN);
    }

    @Test
    void tellsARequestThatItsAgentHasLostItAndBelievesNobodyElse() {
        Inbox inbox = open("req-1");
        var loss = inbox.loss().toFuture();

        replies.lost(named("laptop-2"), "req-1").toFuture().join();
        assertThat(loss).isNotDone();
        replies.lost(named("laptop-1"), "req-1").toFuture().join();

        assertThat(loss).isCompleted();
    }

    @Test
    void bindsARequestToOneStartOfItsAgentWhereItTellsItsStartsApart() {
        var inbox = replies.open("req-1", new Assignee("laptop-1", "first"))
                .toFuture()
                .join();
        inbox.messages().subscribe();

        assertThat(deliver(new Sender("laptop-1", "second"), numbered(1, "x"))).isEqualTo(Verdict.UNKNOWN);
        assertThat(deliver(named("laptop-1"), numbered(1, "x"))).isEqualTo(Verdict.UNKNOWN);
        assertThat(deliver(Sender.UNNAMED, numbered(1, "x"))).isEqualTo(Verdict.UNKNOWN);
        assertThat(deliver(new Sender("laptop-1", "first"), numbered(1, "x"))).isEqualTo(Verdict.ACCEPTED);
    }

    private Inbox open(String requestId) {
        return replies.open(requestId, new Assignee("laptop-1", null))
                .toFuture()
                .join();
    }

    private Verdict deliver(String agentId, RunMessage message) {
        return deliver(new Sender(agentId, null), message);
    }

    private Verdict deliver(Sender sender, RunMessage message) {
        return replies.deliver(sender, message).toFuture().join().verdict();
    }

    private static Sender named(String agentId) {
        return new Sender(agentId, null);
    }

    private static RunMessage numbered(long seq, String content) {
        return new Chunk("req-1", seq, content);
    }

    private static RunMessage lastNumbered(long seq) {
        return new Complete("req-1", seq, null, null, null, null, null);
    }

    private static RunMessage chunk(String requestId, String content) {
        return new Chunk(requestId, null, content);
    }

    private static RunMessage complete(String requestId) {
        return new Complete(requestId, null, null, null, null, null, null);
    }
}
