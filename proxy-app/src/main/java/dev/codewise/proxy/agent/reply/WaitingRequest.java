package dev.codewise.proxy.agent.reply;

import dev.codewise.protocol.RunMessage;
import dev.codewise.proxy.agent.reply.ReplyChannel.Inbox;
import dev.codewise.proxy.agent.reply.SpeakingTurn.Side;
import java.time.Duration;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A request that waits, with the agent that may answer it and the mailbox for its answer. */
final class WaitingRequest implements Inbox {

    private final Assignee assignee;
    private final Mailbox mailbox;
    private final Consumer<WaitingRequest> forget;
    private final Sinks.Empty<Void> loss = Sinks.empty();

    WaitingRequest(Assignee assignee, Mailbox mailbox, Consumer<WaitingRequest> forget) {
        this.assignee = assignee;
        this.mailbox = mailbox;
        this.forget = forget;
    }

    Assignee assignee() {
        return assignee;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    Mono<Delivery> take(Sender sender, RunMessage message) {
        return assignee.is(sender) ? mailbox.handOver(message) : Mono.just(Delivery.UNKNOWN);
    }

    /** Its agent has come back without it; that it did so before needs no second word. */
    void noteLoss() {
        loss.tryEmitEmpty();
    }

    @Override
    public Flux<RunMessage> messages() {
        return mailbox.messages();
    }

    @Override
    public boolean isUntouched() {
        return mailbox.isUntouched();
    }

    @Override
    public boolean hasEnded() {
        return mailbox.hasEnded();
    }

    @Override
    public boolean hasOverflowed() {
        return mailbox.hasOverflowed();
    }

    @Override
    public Mono<Void> silence(Duration limit) {
        return mailbox.turn().overdue(Side.AGENT, limit);
    }

    @Override
    public Mono<Void> neglect(Duration limit) {
        return mailbox.turn().overdue(Side.CLIENT, limit);
    }

    @Override
    public Mono<Void> loss() {
        return loss.asMono();
    }

    @Override
    public Mono<Void> close() {
        return Mono.fromRunnable(() -> forget.accept(this));
    }
}
