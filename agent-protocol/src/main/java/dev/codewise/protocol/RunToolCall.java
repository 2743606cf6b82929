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

    /** How many characters of output it brings. */
    int length() {
        return arguments == null ? 0 : arguments.length();
    }
}
