package dev.codewise.proxy.agent;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which agents are left alone for a while: those that failed three times in a row before their first word, each time for longer,
 * and those whose account has reached a limit, until it is over.
 */
final class CoolDowns {

    static final int FAILURES = 3;
    static final Duration STEP = Duration.ofSeconds(30);
    static final Duration LONGEST = Duration.ofMinutes(5);

    /** No limit of an account lasts longer than a week. */
    static final Duration LONGEST_LIMIT = Duration.ofDays(7);

    /** The agent that was spoken of least recently is forgotten beyond this, for agents choose their names themselves. */
    static final int REMEMBERED = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(CoolDowns.class);

    private final LongSupplier nanoTime;
    private final Map<String, Sheet> sheets = new Recent<>(REMEMBERED);

    /** How often an agent has failed in a row, how often it was left alone for that, until when, and until when its limit lasts. */
    private record Sheet(int failures, int rests, long until, long limitedUntil) {

        boolean isOver(long now) {
            return left(now).isZero();
        }

        Duration left(long now) {
            return Duration.ofNanos(Math.max(0, Math.max(until - now, limitedUntil - now)));
        }
    }

    CoolDowns(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** It has failed before its first word, for no fault of the request. */
    void failed(String agentId) {
        oneMore(agentId).ifPresent(rest -> tell(agentId, rest, "it keeps failing before its first word"));
    }

    /** Its account takes nothing more until this has passed. */
    void limited(String agentId, Duration wait) {
        Duration bounded = wait.compareTo(LONGEST_LIMIT) > 0 ? LONGEST_LIMIT : wait;
        if (limit(agentId, bounded)) {
            tell(agentId, bounded, "its account has reached a limit");
        }
    }

    /** It has answered, and so its failures are forgotten; a limit is not, which others of its answers have met. */
    synchronized void worked(String agentId) {
        long now = nanoTime.getAsLong();
        sheets.computeIfPresent(
                agentId, (id, sheet) -> sheet.limitedUntil - now > 0 ? new Sheet(0, 0, now, sheet.limitedUntil) : null);
    }

    /** Whatever it was left alone for is over, as far as an operator knows. */
    synchronized void forgive(String agentId) {
        sheets.remove(agentId);
    }

    boolean isLeftAlone(String agentId) {
        return !left(agentId).isZero();
    }

    /** How much longer it is left alone; nothing where it is not. */
    synchronized Duration left(String agentId) {
        Sheet sheet = sheets.get(agentId);
        return sheet == null ? Duration.ZERO : sheet.left(nanoTime.getAsLong());
    }

    /** What was under way when the agent was left alone, and fails as well, says nothing new. */
    private synchronized Optional<Duration> oneMore(String agentId) {
        long now = nanoTime.getAsLong();
        Sheet sheet = sheetOf(agentId, now);
        if (!sheet.isOver(now)) {
            return Optional.empty();
        }
        if (sheet.failures + 1 < FAILURES) {
            sheets.put(agentId, new Sheet(sheet.failures + 1, sheet.rests, now, now));
            return Optional.empty();
        }
        int rests = sheet.rests + 1;
        Duration rest = STEP.multipliedBy(Math.min(rests, LONGEST.dividedBy(STEP)));
        sheets.put(agentId, new Sheet(0, rests, now + rest.toNanos(), now));
        return Optional.of(rest);
    }

    /** Whether that is news; the requests that were under way meet the same limit. */
    private synchronized boolean limit(String agentId, Duration wait) {
        long now = nanoTime.getAsLong();
        Sheet sheet = sheetOf(agentId, now);
        sheets.put(agentId, new Sheet(sheet.failures, sheet.rests, sheet.until, now + wait.toNanos()));
        return sheet.isOver(now);
    }

    private Sheet sheetOf(String agentId, long now) {
        return sheets.getOrDefault(agentId, new Sheet(0, 0, now, now));
    }

    private static void tell(String agentId, Duration rest, String why) {
        LOG.atWarn()
                .addKeyValue("agent", agentId)
                .addKeyValue("seconds", rest.toSeconds())
                .log("Agent left alone for a while: {}", why);
    }
}
