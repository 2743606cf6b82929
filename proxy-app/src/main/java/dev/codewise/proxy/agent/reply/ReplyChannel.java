package dev.codewise.proxy.agent.reply;

import dev.codewise.protocol.RunMessage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Brings an agent's messages to the request that waits for them.
 *
 * <p>A request is bound to one agent; what comes for an unknown request, from another agent or after the end is refused.
 * What is accepted arrives in the order in which it was accepted.
 */
public interface ReplyChannel {

    /** Opens the inbox of a request, before the agent is told of it, so that it cannot answer too early. */
    Mono<Inbox> open(String requestId, String agentId);

    /**
     * Completes when the waiting request has taken the message, which may be later where its client reads slowly.
     *
     * @param agentId the sender, where it said who it is
     */
    Mono<Delivery> deliver(@Nullable String agentId, RunMessage message);

    /** How many requests wait. */
    int open();

    /** What became of a message. */
    enum Delivery {
        ACCEPTED,
        UNKNOWN,
        TOO_FAST,
        TOO_LONG
    }

    /** Where one request waits for its messages. */
    interface Inbox {

        /** The messages up to the terminal one, then completion. To be subscribed once. */
        Flux<RunMessage> messages();

        /** Forgets the request; what still comes for it is refused. */
        Mono<Void> close();
    }
}
