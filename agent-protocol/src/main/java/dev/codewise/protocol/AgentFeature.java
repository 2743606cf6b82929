package dev.codewise.protocol;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What an agent of level 1 can do, each named when it connects. */
public enum AgentFeature {
    SEQ,
    BATCH,
    NDJSON,
    CANCEL,
    HEARTBEAT,
    RESUME,
    DRAIN,

    /** Takes images and documents. */
    MEDIA,

    /** Takes tools, the choice among them, and what was called before. */
    TOOLS,

    /** Takes a schema for the answer. */
    SCHEMA,

    /** Heeds temperature, top-p, stop sequences and effort. */
    SAMPLING,

    /** Holds the CLI's process while the client works, and goes on with it. */
    CONTINUES;

    /** Empty for a feature of a later version. */
    public static Optional<AgentFeature> of(String name) {
        return Stream.of(values())
                .filter(feature -> feature.wireName().equals(name))
                .findFirst();
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
