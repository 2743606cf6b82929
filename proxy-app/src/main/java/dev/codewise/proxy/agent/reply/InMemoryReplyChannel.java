package dev.codewise.proxy.agent.reply;

import dev.codewise.protocol.RunMessage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The replies of a proxy that runs alone: the POST reaches the process in which the request waits. */
public final class InMemoryReplyChannel implements ReplyChannel {

    private final Map<String, Mailbox> waiting = new ConcurrentHashMap<>();

    @Override
    public Mono<Inbox> open(String requestId, String agentId) {
        return Mono.fromSupplier(() -> enter(requestId, agentId));
    }

    private Inbox enter(String requestId, String agentId) {
        var mailbox = new Mailbox(agentId);
        waiting.put(requestId, mailbox);
        return new Entry(requestId, mailbox);
    }

    @Override
    public Mono<Delivery> deliver(@Nullable String agentId, RunMessage message) {
        return Mono.defer(() -> {
            Mailbox mailbox = waiting.get(message.requestId());
            return mailbox == null || !mailbox.belongsTo(agentId)
                    ? Mono.just(Delivery.UNKNOWN)
                    : mailbox.handOver(message);
        });
    }

    @Override
    public int open() {
        return waiting.size();
    }

    /** A mailbox under the name of its request. */
    private final class Entry implements Inbox {

        private final String requestId;
        private final Mailbox mailbox;

        Entry(String requestId, Mailbox mailbox) {
            this.requestId = requestId;
            this.mailbox = mailbox;
        }

        @Override
        public Flux<RunMessage> messages() {
            return mailbox.messages();
        }

        @Override
        public Mono<Void> close() {
            return Mono.fromRunnable(this::forget);
        }

        private void forget() {
            waiting.remove(requestId, mailbox);
            mailbox.close();
        }
    }
}
