package dev.codewise.proxy.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;

/** How far somebody has read: the next page begins after this entry, whatever was entered meanwhile. */
record Cursor(Instant startedAt, String id) {

    /** Before the newest. */
    static final Cursor START = new Cursor(Instant.parse("9999-12-31T00:00:00Z"), "");

    static Cursor after(LedgerEntry entry) {
        return new Cursor(entry.startedAt(), entry.id());
    }

    String text() {
        String both = startedAt + " " + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    static Cursor parse(String text) {
        try {
            String[] both = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 2);
            return new Cursor(Question.instant(both[0]), printable(both[both.length - 1]));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw Question.wrong("cursor", "must be the \"next\" of the page before, as it was");
        }
    }

    private static String printable(String id) {
        return id.replace("\0", "");
    }
}
