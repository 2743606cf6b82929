package dev.codewise.proxy.limits;

import dev.codewise.proxy.pulse.Pulse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * Tells each new account what its key had spent before, so that a budget survives a restart. Until it has succeeded it tries again;
 * and for a minute it looks again, since what ended just before may be written a moment later.
 */
final class EarlierSpending {

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(5);

    private final Accounts accounts;
    private final SpendingTable table;

    EarlierSpending(Accounts accounts, SpendingTable table) {
        this.accounts = accounts;
        this.table = table;
    }

    Pulse pulse() {
        return Pulse.every(PAUSE, "to read what keys have spent", this::look);
    }

    private Mono<Void> look() {
        Instant now = accounts.now();
        List<Account> due =
                accounts.all().stream().filter(account -> account.isDue(now)).toList();
        return due.isEmpty()
                ? Mono.empty()
                : table.spentBefore(due, now)
                        .timeout(LONGEST_STATEMENT)
                        .doOnNext(spent -> tell(due, spent, now))
                        .then();
    }

    private static void tell(List<Account> due, Map<String, Spent> spent, Instant now) {
        due.forEach(account -> account.spentEarlier(spent.getOrDefault(account.keyId(), Spent.NOTHING), now));
    }
}
