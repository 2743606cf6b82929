package dev.codewise.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How hard the model should think; a degree of a later version reads as none said, since it only tunes the answer. */
public enum RunEffort {
    NONE,
    MINIMAL,
    LOW,
    MEDIUM,
    HIGH,
    MAX;

    @JsonCreator
    static @Nullable RunEffort of(String name) {
        return Stream.of(values())
                .filter(effort -> effort.wireName().equals(name))
                .findFirst()
                .orElse(null);
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
