package dev.codewise.proxy.ledger;

import dev.codewise.proxy.completion.CompletionEnded;
import org.springframework.context.event.EventListener;

/** Hears of every request that is over, where its answer is delivered, and so returns at once. */
final class LedgerListener {

    private final LedgerQueue queue;

    LedgerListener(LedgerQueue queue) {
        this.queue = queue;
    }

    @EventListener
    void ended(CompletionEnded completion) {
        queue.add(completion);
    }
}
