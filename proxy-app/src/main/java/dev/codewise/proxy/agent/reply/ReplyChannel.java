package dev.codewise.proxy.agent.reply;

import dev.codewise.protocol.RunMessage;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Brings an agent's messages to the request that waits for them.
 *
 * <p>A request is bound to one agent; what comes for an unknown request, from another agent or after the end is refused.
 * What is accepted arrives in the order in which it was accepted, which is that of its numbers where it has any.
 */
public interface ReplyChannel {

    /** Opens the inbox of a request, before the agent is told of it, so that it cannot answer too early. */
    Mono<Inbox> open(String requestId, Assignee assignee);

    /** Completes when the waiting request has taken the message, which may be later where its client reads slowly. */
    Mono<Delivery> deliver(Sender sender, RunMessage message);

    /** How far a request has come; changes nothing. */
    Mono<Delivery> probe(Sender sender, String requestId);

    /** Lets a request know that its agent has come back and does not run it. */
    Mono<Void> lost(Sender sender, String requestId);

    /** How many requests wait. */
    int open();

    /** Where one request waits for its messages. */
    interface Inbox {

        /** The messages up to the terminal one, then completion. To be subscribed once. */
        Flux<RunMessage> messages();

        /** Whether the agent has said nothing yet. */
        boolean isUntouched();

        /** Whether the agent has said its last word, or as much as it may. */
        boolean hasEnded();

        /** Whether the agent has said as much as it may, and wanted to say more. */
        boolean hasOverflowed();

        /** Completes when the agent has been silent for so long; while the client keeps it waiting, it is not. */
        Mono<Void> silence(Duration limit);

        /** Completes when the client has not taken what waits for it for so long. */
        Mono<Void> neglect(Duration limit);

        /** Completes when the agent has come back and does not run the request. */
        Mono<Void> loss();

        /** Forgets the request; what still comes for it is refused. */
        Mono<Void> close();
    }
}
