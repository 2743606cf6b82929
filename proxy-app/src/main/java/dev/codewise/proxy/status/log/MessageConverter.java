package dev.codewise.proxy.status.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** The message of a log event and its key-values, on one line of bounded length. Public, because Logback makes it. */
public final class MessageConverter extends ClassicConverter {

    /** Leaves room for time, level and logger within 8 KiB. */
    private static final int MOST_BYTES = 8_000;

    @Override
    public String convert(ILoggingEvent event) {
        var text = new PrintableText(MOST_BYTES).append(String.valueOf(event.getFormattedMessage()));
        Pairs.of(event).forEach(pair -> text.append(" " + pair.key + "=" + quoted(String.valueOf(pair.value))));
        return text.toString();
    }

    /** Quotes what could pass for a further key. */
    private static String quoted(String value) {
        boolean plain = !value.isEmpty() && value.chars().noneMatch(c -> c == ' ' || c == '"' || c == '=');
        return plain ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
