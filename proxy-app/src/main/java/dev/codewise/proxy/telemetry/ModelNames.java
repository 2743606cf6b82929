package dev.codewise.proxy.telemetry;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The names of models that have a series of their own. One has it once a model has answered to it, since then no client has made
 * it up; there is an end to their number too, since agents could make up some.
 */
final class ModelNames {

    static final String OTHER = "other";

    private static final List<String> FROM_THE_START = List.of("sonnet", "opus", "haiku");
    private static final int MOST = 50;

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    ModelNames() {
        known.addAll(FROM_THE_START);
    }

    /** A model has answered to this name. */
    void answered(@Nullable String name) {
        if (name != null && known.size() < MOST) {
            known.add(name);
        }
    }

    /** Nothing where there is no name. */
    String of(@Nullable String name) {
        if (name == null) {
            return "";
        }
        return known.contains(name) ? name : OTHER;
    }
}
