package dev.codewise.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** A piece of a call of one of the client's tools; the first one carries id and name, all together the arguments. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunToolCall(
        int index,
        @Nullable String id,
        @Nullable String name,
        @Nullable String arguments) {

    private static final int MOST_CALLS = 1024;

    public RunToolCall {
        if (index < 0 || index >= MOST_CALLS) {
            throw new IllegalArgumentException("\"index\" counts from 0 to " + (MOST_CALLS - 1));
        }
    }

    /** How many characters of output it brings. */
    int length() {
        return arguments == null ? 0 : arguments.length();
    }
}
