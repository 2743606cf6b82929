package dev.codewise.proxy.agent;

import dev.codewise.protocol.Protocol;
import dev.codewise.protocol.Receipt;
import dev.codewise.protocol.RunMessage;
import dev.codewise.proxy.agent.ingest.AgentRefusal;
import dev.codewise.proxy.agent.ingest.AgentRefusal.Kind;
import dev.codewise.proxy.agent.reply.Delivery;
import dev.codewise.proxy.agent.reply.Delivery.Verdict;
import dev.codewise.proxy.agent.reply.Sender;

/** Says to one sender what became of its messages, in the words of the level it speaks. */
final class Receipts {

    private final Sender sender;

    Receipts(Sender sender) {
        this.sender = sender;
    }

    Receipt of(RunMessage message, Delivery delivery) {
        boolean numbered = message.seq() != null;
        if (!delivery.isGood()) {
            AgentRefusal refusal = refusal(delivery, numbered || sender.speaksLevel1());
            throw numbered ? refusal.from(delivery.nextSeq()) : refusal;
        }
        return numbered ? accepted(delivery) : Receipt.ACCEPTED;
    }

    Receipt ofProbe(Delivery delivery) {
        if (!delivery.isGood()) {
            throw refusal(delivery, sender.speaksLevel1()).from(delivery.nextSeq());
        }
        return accepted(delivery);
    }

    private static Receipt accepted(Delivery delivery) {
        return Receipt.accepted(delivery.nextSeq(), delivery.verdict() == Verdict.DUPLICATE, delivery.cancelled());
    }

    /** Whoever counts is told that a request is over; others only that nobody waits, which comes to the same for them. */
    private static AgentRefusal refusal(Delivery delivery, boolean counts) {
        return switch (delivery.verdict()) {
            case ACCEPTED, DUPLICATE -> throw new IllegalArgumentException("not refused: " + delivery);
            case GAP -> new AgentRefusal(Kind.GAP, "Message " + delivery.nextSeq() + " is missing: go on from there.");
            case MIXED ->
                new AgentRefusal(Kind.BAD_MESSAGE, "The messages of one request have a \"seq\" all of them, or none.");
            case OVER -> counts ? new AgentRefusal(Kind.OVER, "This request is over: stop working on it.") : unknown();
            case UNKNOWN -> unknown();
            case TOO_FAST ->
                new AgentRefusal(Kind.TOO_FAST, "Wait for the answer to a message before posting the next one.");
            case TOO_LONG ->
                new AgentRefusal(
                        Kind.TOO_LARGE, "The answer is longer than " + Protocol.MAX_OUTPUT_BYTES + " characters.");
        };
    }

    private static AgentRefusal unknown() {
        return new AgentRefusal(Kind.UNKNOWN_REQUEST, "Nobody waits for this request: stop working on it.");
    }
}
