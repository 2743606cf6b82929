package dev.codewise.proxy.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** To which trace each of the latest requests belongs, so that a line of the log can say so; nothing where nobody traces. */
public final class TraceIds {

    private static final int MOST = 10_000;
    private static final Map<String, String> LATEST = new ForgetfulMap();

    private TraceIds() {}

    public static void note(String requestId, String traceId) {
        synchronized (LATEST) {
            LATEST.put(requestId, traceId);
        }
    }

    public static Optional<String> of(String requestId) {
        synchronized (LATEST) {
            return Optional.ofNullable(LATEST.get(requestId));
        }
    }

    /** A class of its own only because that is how the JDK bounds a map. */
    private static final class ForgetfulMap extends LinkedHashMap<String, String> {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    }
}
