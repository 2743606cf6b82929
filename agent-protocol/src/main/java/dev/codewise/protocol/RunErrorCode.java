package dev.codewise.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.stream.Stream;

/** The kinds of failure that an agent can tell apart; a code of a later version reads as {@link #INTERNAL}. */
public enum RunErrorCode {
    CLI_NOT_FOUND,
    CLI_EXIT,
    CLI_TIMEOUT,
    CLI_AUTH,
    RATE_LIMITED,
    OVERLOADED,
    PROMPT_TOO_LONG,
    REFUSED,
    BUSY,
    INVALID_REQUEST,
    CANCELLED,
    INTERNAL;

    @JsonCreator
    static RunErrorCode of(String name) {
        return Stream.of(values())
                .filter(code -> code.wireName().equals(name))
                .findFirst()
                .orElse(INTERNAL);
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the same request would fail in the same way everywhere. */
    boolean isFinal() {
        return switch (this) {
            case PROMPT_TOO_LONG, REFUSED, INVALID_REQUEST, CANCELLED -> true;
            case CLI_NOT_FOUND, CLI_EXIT, CLI_TIMEOUT, CLI_AUTH, RATE_LIMITED, OVERLOADED, BUSY, INTERNAL -> false;
        };
    }
}
