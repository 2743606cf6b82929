package dev.codewise.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** The proxy's answer to a posted message, or to a connection it refuses. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Receipt(boolean ok, @Nullable Refusal error) {

    public static final Receipt ACCEPTED = new Receipt(true, null);

    /** Why it was not accepted: a code for programs, a sentence for people. */
    public record Refusal(String code, String message) {

        public Refusal {
            Required.field("code", code);
            Required.field("message", message);
        }
    }

    public static Receipt refused(String code, String message) {
        return new Receipt(false, new Refusal(code, message));
    }
}
