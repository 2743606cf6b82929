package dev.codewise.proxy.status.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.json.JsonMapper;

/** A log event as one JSON object on one line of bounded length. No value becomes a key, and no key-value replaces a field. */
final class JsonLine extends LayoutBase<ILoggingEvent> {

    /** Written out in JSON, a character may take twice its place; with everything else the line stays within 8 KiB. */
    private static final int MOST_BYTES_SAID = 3_000;

    private static final int MOST_BYTES_OF_A_VALUE = 250;
    private static final int MOST_PAIRS = 6;
    private static final int MOST_BYTES_OF_A_TRACE = 8_000;

    private final JsonMapper json = new JsonMapper();
    private final TraceConverter traces = new TraceConverter();

    @Override
    public String doLayout(ILoggingEvent event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("timestamp", event.getInstant().toString());
        line.put("level", event.getLevel().toString());
        line.put("logger", event.getLoggerName());
        line.put("message", PrintableText.of(String.valueOf(event.getFormattedMessage()), MOST_BYTES_SAID));
        Pairs.of(event).stream().limit(MOST_PAIRS).forEach(pair -> line.putIfAbsent(pair.key, printable(pair)));
        if (event.getThrowableProxy() != null) {
            line.put("exception", cut(traces.convert(event).strip()));
        }
        return json.writeValueAsString(line) + "\n";
    }

    private static String printable(KeyValuePair pair) {
        return PrintableText.of(String.valueOf(pair.value), MOST_BYTES_OF_A_VALUE);
    }

    private static String cut(String trace) {
        return trace.length() <= MOST_BYTES_OF_A_TRACE ? trace : trace.substring(0, MOST_BYTES_OF_A_TRACE) + "…";
    }
}
