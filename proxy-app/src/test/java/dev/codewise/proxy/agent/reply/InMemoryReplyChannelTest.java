package dev.codewise.proxy.agent.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.protocol.RunMessage.Chunk;
import dev.codewise.proxy.agent.reply.Delivery.Verdict;
import dev.codewise.proxy.agent.reply.ReplyChannel.Inbox;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InMemoryReplyChannelTest extends ReplyChannelContract {

    @Override
    ReplyChannel replyChannel() {
        return new InMemoryReplyChannel(System::nanoTime);
    }

    @Test
    void m28KnowsNoneOfTenThousandGuesses() {
        var replies = new InMemoryReplyChannel(System::nanoTime);
        replies.open("req_aaaaaaaa_0123456789012345678901", new Assignee("a", null))
                .block();
        var random = new Random(28);

        for (int i = 0; i < 10_000; i++) {
            String guess = "req_aaaaaaaa_" + Long.toString(random.nextLong(), 36);
            assertThat(replies.deliver(Sender.UNNAMED, new Chunk(guess, null, "x"))
                            .map(Delivery::verdict)
                            .block())
                    .isEqualTo(Verdict.UNKNOWN);
        }
        assertThat(replies.open()).isEqualTo(1);
    }

    @Test
    void m31BringsARecordedMessageToNobodyHoweverMuchLaterItIsRepeated() {
        var now = new AtomicLong();
        var replies = new InMemoryReplyChannel(now::get);
        var agent = new Sender("laptop-1", null);
        var recorded = new Chunk("req-1", 1L, "x");
        Inbox inbox =
                replies.open("req-1", new Assignee("laptop-1", null)).toFuture().join();
        inbox.messages().subscribe();
        replies.deliver(agent, recorded).toFuture().join();
        inbox.close().toFuture().join();

        now.addAndGet(Duration.ofMinutes(4).toNanos());
        assertThat(replies.deliver(agent, recorded).toFuture().join().verdict()).isEqualTo(Verdict.OVER);

        now.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(replies.deliver(agent, recorded).toFuture().join().verdict()).isEqualTo(Verdict.UNKNOWN);
    }
}
