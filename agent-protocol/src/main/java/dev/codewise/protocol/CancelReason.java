package dev.codewise.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why a run is to stop; a reason of a later version reads as none, for the run is to stop all the same. */
public enum CancelReason {
    CLIENT_DISCONNECTED,
    TIMEOUT,
    ADMIN,
    SUPERSEDED,
    OUTPUT_LIMIT;

    @JsonCreator
    static @Nullable CancelReason of(String name) {
        return Stream.of(values())
                .filter(reason -> reason.wireName().equals(name))
                .findFirst()
                .orElse(null);
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
