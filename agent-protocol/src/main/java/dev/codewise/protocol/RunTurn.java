package dev.codewise.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** One message of the conversation that a run answers. */
public record RunTurn(Role role, String content) {

    /** Who said it. */
    public enum Role {
        @JsonProperty("user")
        USER,
        @JsonProperty("assistant")
        ASSISTANT
    }

    public RunTurn {
        Required.field("role", role);
        Required.field("content", content);
    }
}
