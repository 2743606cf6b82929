package dev.codewise.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why the model stopped. */
public enum RunFinish {
    @JsonProperty("stop")
    STOP,
    @JsonProperty("length")
    LENGTH,
    @JsonProperty("tool_calls")
    TOOL_CALLS,
    @JsonProperty("content_filter")
    CONTENT_FILTER
}
