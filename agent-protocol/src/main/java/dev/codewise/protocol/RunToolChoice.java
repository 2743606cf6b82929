package dev.codewise.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** Whether the model may, must not or must call a tool; only where it must be one of them, that one has a name here. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunToolChoice(Mode mode, @Nullable String name) {

    /** The four ways to choose. */
    public enum Mode {
        @JsonProperty("auto")
        AUTO,
        @JsonProperty("none")
        NONE,
        @JsonProperty("required")
        REQUIRED,
        @JsonProperty("named")
        NAMED
    }

    public RunToolChoice {
        Required.field("mode", mode);
        if ((mode == Mode.NAMED) != (name != null)) {
            throw new IllegalArgumentException("\"name\" belongs to the mode \"named\", and to no other");
        }
    }
}
