package dev.codewise.proxy.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;

/**
 * How far somebody has read: the next page begins after this entry, whatever was entered meanwhile.
 *
 * @param from the beginning of the period, which has to be the same for all pages also where nobody has named it
 */
record Cursor(Instant from, Instant startedAt, String id) {

    /** Before the newest. */
    static final Cursor START = new Cursor(Instant.EPOCH, Instant.parse("9999-12-31T00:00:00Z"), "");

    static Cursor after(LedgerEntry entry, Period period) {
        return new Cursor(period.from(), entry.startedAt(), entry.id());
    }

    String text() {
        String all = from + " " + startedAt + " " + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all.getBytes(StandardCharsets.UTF_8));
    }

    static Cursor parse(String text) {
        try {
            String[] all = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 3);
            return new Cursor(Question.instant(all[0]), Question.instant(all[1]), printable(all[2]));
        } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException e) {
            throw Question.wrong("cursor", "must be the \"next\" of the page before, as it was");
        }
    }

    private static String printable(String id) {
        return id.replace("\0", "");
    }
}
