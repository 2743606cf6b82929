package dev.codewise.agent.connection;

import java.io.IOException;
import java.util.Optional;

/** Puts lines together to server-sent events. An event that is too large is read over and told by its name alone. */
final class EventReader {

    private final StreamLines lines;
    private final int limit;
    private final StringBuilder data = new StringBuilder();
    private String name = "";
    private boolean tooLarge;

    EventReader(StreamLines lines, int limit) {
        this.lines = lines;
        this.limit = limit;
    }

    /** The next event that has data; nothing when the stream is over, and with it any event that had only begun. */
    Optional<StreamEvent> next() throws IOException {
        forget();
        for (var line = lines.next(); line != null; line = lines.next()) {
            if (!line.isEmpty()) {
                field(line);
            } else if (tooLarge || data.length() > 0) {
                return Optional.of(event());
            } else {
                forget();
            }
        }
        return Optional.empty();
    }

    private StreamEvent event() {
        return new StreamEvent(name.isEmpty() ? "message" : name, tooLarge ? null : data.toString());
    }

    /** A line without a name before its colon is a comment; fields other than these two do not matter here. */
    private void field(String line) {
        var colon = line.indexOf(':');
        var field = colon < 0 ? line : line.substring(0, colon);
        var value = colon < 0 ? "" : line.substring(colon + 1);
        switch (field) {
            case "data" -> append(value.startsWith(" ") ? value.substring(1) : value);
            case "event" -> name = value.strip();
            default -> {}
        }
    }

    private void append(String value) {
        tooLarge |= lines.wasCut() || data.length() + value.length() > limit;
        if (!tooLarge) {
            data.append(data.length() > 0 ? "\n" : "").append(value);
        }
    }

    private void forget() {
        name = "";
        tooLarge = false;
        data.setLength(0);
    }
}
