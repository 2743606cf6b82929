package dev.codewise.proxy.claude;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Part;
import dev.codewise.proxy.completion.Turn;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A question as the Messages API wants it; always streamed, since that shows early that the API is at work. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MessagesRequest(
        String model,
        @JsonProperty("max_tokens") int maxTokens,
        @Nullable String system,
        List<Message> messages,
        boolean stream) {

    /** The API insists on a limit; this one is below what each current model can write. */
    private static final int MAX_TOKENS = 32_000;

    record Message(String role, String content) {

        private static Message of(Turn turn) {
            return new Message(roleOf(turn.role()), textOf(turn));
        }

        private static String textOf(Turn turn) {
            return turn.parts().stream()
                    .filter(Part.Text.class::isInstance)
                    .map(part -> ((Part.Text) part).text())
                    .collect(Collectors.joining("\n"));
        }

        private static String roleOf(Turn.Role role) {
            return switch (role) {
                case USER -> "user";
                case ASSISTANT -> "assistant";
            };
        }
    }

    static MessagesRequest of(CompletionRequest request) {
        Integer asked = request.wishes().maxTokens();
        return new MessagesRequest(
                ClaudeModels.fullName(request.model()),
                asked == null ? MAX_TOKENS : asked,
                request.system(),
                request.turns().stream().map(Message::of).toList(),
                true);
    }
}
