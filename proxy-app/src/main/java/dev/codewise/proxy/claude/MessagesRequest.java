package dev.codewise.proxy.claude;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.codewise.proxy.completion.CompletionRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A question as the Messages API wants it; always streamed, since that shows early that the API is at work. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record MessagesRequest(
        String model,
        @JsonProperty("max_tokens") int maxTokens,
        List<Block> system,
        List<Message> messages,
        @JsonUnwrapped ToolOffer tools,
        boolean stream) {

    /** The API insists on a limit; this one is below what each current model can write. */
    private static final int MAX_TOKENS = 32_000;

    static MessagesRequest of(CompletionRequest request) {
        Integer asked = request.wishes().maxTokens();
        return new MessagesRequest(
                ClaudeModels.fullName(request.model()),
                asked == null ? MAX_TOKENS : asked,
                system(request.system()),
                Conversation.of(request.turns()),
                ToolOffer.of(request.toolbox()),
                true);
    }

    private static List<Block> system(@Nullable String words) {
        return words == null || words.isBlank() ? List.of() : List.of(new Block.Text(words, CacheMark.EPHEMERAL));
    }
}
