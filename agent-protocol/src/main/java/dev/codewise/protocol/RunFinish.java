package dev.codewise.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why the model stopped; a reason of a later version reads as none, so that the answer is not lost for it. */
public enum RunFinish {
    STOP,
    LENGTH,
    TOOL_CALLS,
    CONTENT_FILTER;

    @JsonCreator
    static @Nullable RunFinish of(String name) {
        return Stream.of(values())
                .filter(finish -> finish.wireName().equals(name))
                .findFirst()
                .orElse(null);
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
