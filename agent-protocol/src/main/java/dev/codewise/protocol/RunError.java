package dev.codewise.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** Why a run failed; a bare string is an error of no particular code. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunError(
        @Nullable RunErrorCode code,
        String message,
        @Nullable Boolean retryable,
        @Nullable Long retryAfterMs) {

    @JsonCreator
    public RunError(
            @JsonProperty("code") @Nullable RunErrorCode code,
            @JsonProperty("message") @Nullable String message,
            @JsonProperty("retryable") @Nullable Boolean retryable,
            @JsonProperty("retryAfterMs") @Nullable Long retryAfterMs) {
        this.code = code;
        this.message = message == null ? "" : message;
        this.retryable = retryable;
        this.retryAfterMs = retryAfterMs;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static RunError of(String message) {
        return new RunError(null, message, null, null);
    }

    public static RunError of(RunErrorCode code, String message) {
        return new RunError(code, message, null, null);
    }

    /** Whether another agent, or the proxy's own fallback, must not try instead. */
    @JsonIgnore
    public boolean isFinal() {
        if (retryable != null) {
            return !retryable;
        }
        return code != null && code.isFinal();
    }
}
