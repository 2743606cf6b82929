package dev.codewise.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** One message of the conversation that a run answers. */
public record RunTurn(Role role, RunContent content) {

    /** Who said it: a tool says what came of its calls, and nothing else. */
    public enum Role {
        @JsonProperty("user")
        USER,
        @JsonProperty("assistant")
        ASSISTANT,
        @JsonProperty("tool")
        TOOL
    }

    public RunTurn {
        Required.field("role", role);
        Required.field("content", content);
    }

    /** Of text and nothing else. */
    public RunTurn(Role role, String text) {
        this(role, RunContent.of(text));
    }
}
