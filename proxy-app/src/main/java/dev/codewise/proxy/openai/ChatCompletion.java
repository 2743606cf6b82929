package dev.codewise.proxy.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A whole answer as clients expect it; the usage is absent where nobody counted. */
record ChatCompletion(
        String id,
        String object,
        long created,
        String model,
        List<Choice> choices,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TokenUsage usage) {

    @JsonNaming(SnakeCaseStrategy.class)
    record Choice(int index, Message message, @Nullable Object logprobs, String finishReason) {}

    record Message(String role, String content, @Nullable String refusal) {}

    static ChatCompletion of(ChatHead head, String text, String finishReason, @Nullable TokenUsage usage) {
        var choice = new Choice(0, new Message("assistant", text, null), null, finishReason);
        return new ChatCompletion(head.id(), "chat.completion", head.created(), head.model(), List.of(choice), usage);
    }
}
