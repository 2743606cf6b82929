package dev.codewise.proxy.ledger;

import io.r2dbc.spi.R2dbcException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells an entry that PostgreSQL will never take from a database that is away. Those that were refused together are tried one by
 * one, and the one at fault no more than so many times; for a database that is away, everything waits.
 */
final class Refusals {

    private static final int LARGEST_BATCH = 200;
    private static final int MOST_TRIES = 3;

    /** What a value, a constraint, a limit or a trigger forbids. Everything else is the fault of no entry. */
    private static final Set<String> OF_AN_ENTRY = Set.of("22", "23", "54", "P0");

    private int suspects;
    private int tries;

    static boolean isOfAnEntry(@Nullable Throwable failure) {
        if (failure == null) {
            return false;
        }
        return failure instanceof R2dbcException refused
                ? isOfAnEntry(String.valueOf(refused.getSqlState()))
                : isOfAnEntry(failure.getCause());
    }

    private static boolean isOfAnEntry(String sqlState) {
        return sqlState.length() == 5 && OF_AN_ENTRY.contains(sqlState.substring(0, 2));
    }

    /** How many entries may go into the next statement. */
    synchronized int nextBatch() {
        return suspects > 0 ? 1 : LARGEST_BATCH;
    }

    synchronized void written(int entries) {
        suspects = Math.max(0, suspects - entries);
        tries = 0;
    }

    /** Whether it is time to give up; only ever where one entry was refused alone. */
    synchronized boolean isEnoughAfter(int refused) {
        if (refused > 1) {
            suspects = refused;
            return false;
        }
        suspects = Math.max(1, suspects);
        tries++;
        return tries >= MOST_TRIES;
    }
}
