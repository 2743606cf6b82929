package dev.codewise.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The proxy's answer to a posted message, or to a connection it refuses. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Receipt(
        boolean ok,
        @Nullable Refusal error,
        @Nullable Long nextSeq,
        @Nullable Boolean duplicate,
        @Nullable Boolean cancelled) {

    public static final Receipt ACCEPTED = new Receipt(true, null);

    public Receipt(boolean ok, @Nullable Refusal error) {
        this(ok, error, null, null, null);
    }

    /** Why it was not accepted: a code for programs, a sentence for people. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Refusal(
            String code, String message, @Nullable List<Integer> supported) {

        public Refusal {
            Required.field("code", code);
            Required.field("message", message);
            supported = supported == null ? null : List.copyOf(supported);
        }

        public Refusal(String code, String message) {
            this(code, message, null);
        }
    }

    public static Receipt refused(String code, String message) {
        return new Receipt(false, new Refusal(code, message));
    }

    /** Everything before {@code nextSeq} is here; nothing of this POST was new where it is a duplicate. */
    public static Receipt accepted(long nextSeq, boolean duplicate, boolean cancelled) {
        return new Receipt(true, null, nextSeq, duplicate, cancelled);
    }

    /** The same refusal, saying from which message on the agent is to go on. */
    public Receipt from(long seq) {
        return new Receipt(ok, error, seq, duplicate, cancelled);
    }
}
