package dev.codewise.proxy.agent.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.protocol.RunMessage;
import dev.codewise.protocol.RunMessage.Chunk;
import dev.codewise.protocol.RunMessage.Complete;
import dev.codewise.proxy.agent.reply.ReplyChannel.Delivery;
import dev.codewise.proxy.agent.reply.ReplyChannel.Inbox;
import org.jspecify.annotations.Nullable;
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

        assertThat(deliver("laptop-1", chunk("req-2", "for two"))).isEqualTo(Delivery.ACCEPTED);
        assertThat(deliver("laptop-1", complete("req-2"))).isEqualTo(Delivery.ACCEPTED);
        assertThat(deliver("laptop-1", complete("req-1"))).isEqualTo(Delivery.ACCEPTED);

        assertThat(heardBySecond.join()).containsExactly(chunk("req-2", "for two"), complete("req-2"));
        assertThat(heardByFirst.join()).containsExactly(complete("req-1"));
    }

    @Test
    void knowsOnlyOpenRequests() {
        assertThat(deliver("laptop-1", chunk("req-1", "x"))).isEqualTo(Delivery.UNKNOWN);

        Inbox inbox = open("req-1");
        assertThat(replies.open()).isEqualTo(1);
        inbox.close().toFuture().join();

        assertThat(deliver("laptop-1", chunk("req-1", "x"))).isEqualTo(Delivery.UNKNOWN);
        assertThat(replies.open()).isZero();
    }

    @Test
    void takesMessagesFromTheAgentOfTheRequestOnly() {
        open("req-1").messages().subscribe();

        assertThat(deliver("laptop-2", chunk("req-1", "x"))).isEqualTo(Delivery.UNKNOWN);
        assertThat(deliver(null, chunk("req-1", "x"))).isEqualTo(Delivery.ACCEPTED);
        assertThat(deliver("laptop-1", chunk("req-1", "x"))).isEqualTo(Delivery.ACCEPTED);
    }

    @Test
    void refusesWhatComesAfterTheEnd() {
        open("req-1").messages().subscribe();
        deliver("laptop-1", complete("req-1"));

        assertThat(deliver("laptop-1", chunk("req-1", "late"))).isEqualTo(Delivery.UNKNOWN);
        assertThat(deliver("laptop-1", complete("req-1"))).isEqualTo(Delivery.UNKNOWN);
    }

    private Inbox open(String requestId) {
        return replies.open(requestId, "laptop-1").toFuture().join();
    }

    private Delivery deliver(@Nullable String sender, RunMessage message) {
        return replies.deliver(sender, message).toFuture().join();
    }

    private static RunMessage chunk(String requestId, String content) {
        return new Chunk(requestId, null, content);
    }

    private static RunMessage complete(String requestId) {
        return new Complete(requestId, null, null, null, null, null, null);
    }
}
