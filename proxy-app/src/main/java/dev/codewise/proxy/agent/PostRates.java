package dev.codewise.proxy.agent;

import dev.codewise.proxy.agent.ingest.AgentRefusal;
import dev.codewise.proxy.agent.ingest.AgentRefusal.Kind;
import dev.codewise.proxy.agent.ingest.Allowance;
import dev.codewise.proxy.agent.reply.Sender;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;

/** Sees to it that no agent posts faster than it may; those that are not connected share one allowance. */
final class PostRates {

    private final Roster roster;
    private final Allowance strangers;

    PostRates(Roster roster, LongSupplier nanoTime) {
        this.roster = roster;
        this.strangers = new Allowance(nanoTime);
    }

    /** Fails where so many messages are too many just now. */
    void take(Sender sender, int messages) {
        if (!of(sender).take(messages)) {
            throw new AgentRefusal(
                    Kind.TOO_FAST, "An agent posts at most " + Allowance.PER_SECOND + " messages a second.");
        }
    }

    /** What is done with a message, later where it came too soon. */
    <T> Mono<T> inTurn(Sender sender, Mono<T> next) {
        return Mono.defer(() -> Mono.just(of(sender).takeInAdvance()))
                .flatMap(wait -> wait.isZero() ? next : Mono.delay(wait).then(next));
    }

    private Allowance of(Sender sender) {
        return roster.find(sender).map(AgentLink::allowance).orElse(strangers);
    }
}
