package dev.codewise.proxy.status.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.codewise.proxy.web.TraceIds;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.event.KeyValuePair;

/** The key-values of a log event; with that of a request comes that of its trace, where it has one. */
final class Pairs {

    private static final String REQUEST = "requestId";

    private Pairs() {}

    static List<KeyValuePair> of(ILoggingEvent event) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        return pairs == null
                ? List.of()
                : pairs.stream().flatMap(Pairs::withTrace).toList();
    }

    private static Stream<KeyValuePair> withTrace(KeyValuePair pair) {
        return pair.key.equals(REQUEST) ? Stream.concat(Stream.of(pair), trace(pair)) : Stream.of(pair);
    }

    private static Stream<KeyValuePair> trace(KeyValuePair pair) {
        return TraceIds.of(String.valueOf(pair.value)).map(id -> new KeyValuePair("traceId", id)).stream();
    }
}
