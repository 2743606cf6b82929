package dev.codewise.proxy.agent.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.protocol.RunMessage;
import dev.codewise.protocol.RunMessage.Chunk;
import dev.codewise.protocol.RunMessage.Complete;
import dev.codewise.proxy.agent.reply.Delivery.Verdict;
import dev.codewise.proxy.agent.reply.ReplyChannel.Inbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** An agent that repeats, skips, hangs up and forgets, and a client that reads when it likes, in a thousand orders. */
class InterleavingsTest {

    private static final int RUNS = 1000;
    private static final Assignee LAPTOP = new Assignee("laptop-1", "start-1");
    private static final Sender SENDER = new Sender("laptop-1", "start-1");

    @Test
    void bringTheClientEveryMessageOnceAndInOrder() {
        long first = new Random().nextLong();
        for (long seed = first; seed < first + RUNS; seed++) {
            try {
                new Scene(seed).plays();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    /** One run from open to close. */
    private static final class Scene {

        private final Random random;
        private final InMemoryReplyChannel replies = new InMemoryReplyChannel(System::nanoTime);
        private final Client client = new Client();
        private final List<CompletableFuture<Delivery>> unanswered = new ArrayList<>();
        private final long messages;
        private long next = 1;

        Scene(long seed) {
            this.random = new Random(seed);
            this.messages = 1L + random.nextInt(30);
        }

        void plays() {
            Inbox inbox = replies.open("req-1", LAPTOP).toFuture().join();
            inbox.messages().subscribe(client);
            boolean leaves = random.nextInt(4) == 0;
            for (int step = 0; !client.isDone() && step < 2000 && !(leaves && step > 40); step++) {
                step();
            }
            assertThat(client.heard).containsExactlyElementsOf(expected(client.heard.size()));
            assertThat(client.isDone() || leaves).isTrue();
            inbox.close().toFuture().join();
            assertThatNothingIsLeft();
        }

        private void step() {
            switch (random.nextInt(6)) {
                case 0 -> client.asks(1 + random.nextInt(3));
                case 1 -> posts(Math.max(1, next - 1 - random.nextInt(3)));
                case 2 -> posts(next + 1 + random.nextInt(3));
                case 3 -> hangsUpWhilePosting(next);
                case 4 -> probes();
                default -> posts(next);
            }
        }

        private void posts(long seq) {
            var answer = replies.deliver(SENDER, message(seq)).toFuture();
            unanswered.add(answer);
            if (answer.isDone()) {
                learnsFrom(answer.join());
            }
        }

        private void hangsUpWhilePosting(long seq) {
            replies.deliver(SENDER, message(seq)).subscribe().dispose();
        }

        private void probes() {
            learnsFrom(replies.probe(SENDER, "req-1").toFuture().join());
        }

        private void learnsFrom(Delivery delivery) {
            if (delivery.verdict() != Verdict.OVER && delivery.verdict() != Verdict.TOO_FAST) {
                next = delivery.nextSeq();
            }
        }

        private RunMessage message(long seq) {
            return seq >= messages
                    ? new Complete("req-1", seq, null, null, null, null, null)
                    : new Chunk("req-1", seq, "piece " + seq);
        }

        private List<RunMessage> expected(int count) {
            return LongStream.rangeClosed(1, count).mapToObj(this::message).toList();
        }

        private void assertThatNothingIsLeft() {
            assertThat(replies.open()).isZero();
            assertThat(unanswered).allMatch(CompletableFuture::isDone);
            assertThat(replies.deliver(SENDER, message(next)).toFuture().join().verdict())
                    .isIn(Verdict.OVER, Verdict.DUPLICATE);
        }
    }

    /** Reads no more than it has asked for. */
    private static final class Client extends BaseSubscriber<RunMessage> {

        private final List<RunMessage> heard = new ArrayList<>();
        private long asked;
        private boolean done;

        void asks(long more) {
            asked += more;
            request(more);
        }

        boolean isDone() {
            return done;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // asks when it likes
        }

        @Override
        protected void hookOnNext(RunMessage message) {
            heard.add(message);
            assertThat(heard).hasSizeLessThanOrEqualTo((int) asked);
        }

        @Override
        protected void hookOnComplete() {
            done = true;
        }
    }
}
