package dev.codewise.agent.claude;

import java.math.BigDecimal;

/** What a process has cost, of which each of its answers has its own part: claude counts all of them together. */
final class Spending {

    private BigDecimal accounted = BigDecimal.ZERO;

    /** The part of the answer that has just ended; what was rounded before is put right by it. */
    Answer account(Answer answer) {
        var total = answer.costUsd();
        return total == null ? answer : answer.costing(since(total));
    }

    private BigDecimal since(BigDecimal total) {
        var part = total.subtract(accounted).max(BigDecimal.ZERO);
        accounted = accounted.max(total);
        return part;
    }
}
