package dev.codewise.proxy.agent;

import dev.codewise.protocol.AgentMessage;
import dev.codewise.protocol.Receipt;
import dev.codewise.protocol.RunMessage;
import dev.codewise.proxy.agent.ingest.AgentRefusal;
import dev.codewise.proxy.agent.ingest.AgentRefusal.Kind;
import dev.codewise.proxy.agent.reply.ReplyChannel;
import dev.codewise.proxy.agent.reply.Sender;
import reactor.core.publisher.Mono;

/** Brings each message of one sender to whom it concerns: the request it is for, or whoever keeps the sender's connection. */
final class Intake implements AgentMessage.Recipient<Mono<Receipt>> {

    private final Sender sender;
    private final Roster roster;
    private final ReplyChannel replies;
    private final Receipts receipts;

    Intake(Sender sender, Roster roster, ReplyChannel replies) {
        this.sender = sender;
        this.roster = roster;
        this.replies = replies;
        this.receipts = new Receipts(sender);
    }

    @Override
    public Mono<Receipt> run(RunMessage message) {
        return replies.deliver(sender, message).map(delivery -> receipts.of(message, delivery));
    }

    @Override
    public Mono<Receipt> probe(AgentMessage.Probe probe) {
        return replies.probe(sender, probe.requestId()).map(receipts::ofProbe);
    }

    /** That it came at all has been noted. */
    @Override
    public Mono<Receipt> heartbeat(AgentMessage.Heartbeat heartbeat) {
        return Mono.fromSupplier(this::link).thenReturn(Receipt.ACCEPTED);
    }

    @Override
    public Mono<Receipt> draining(AgentMessage.Draining draining) {
        return Mono.fromSupplier(this::link).doOnNext(roster::drains).thenReturn(Receipt.ACCEPTED);
    }

    @Override
    public Mono<Receipt> resume(AgentMessage.Resume resume) {
        return Mono.fromSupplier(this::link)
                .flatMap(link -> new Resumption(sender, link, replies).of(resume))
                .thenReturn(Receipt.ACCEPTED);
    }

    private AgentLink link() {
        return roster.find(sender)
                .filter(link -> link.stream().isOpen())
                .orElseThrow(() ->
                        new AgentRefusal(Kind.UNKNOWN_AGENT, "This agent is not connected here: connect it again."));
    }
}
