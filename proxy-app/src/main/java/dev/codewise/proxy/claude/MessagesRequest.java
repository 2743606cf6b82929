package dev.codewise.proxy.claude;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.codewise.proxy.completion.ClaudeModels;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Generation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A question as the Messages API wants it; always streamed, since that shows early that the API is at work. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record MessagesRequest(
        String model,
        List<Block> system,
        List<Message> messages,
        @JsonUnwrapped ToolOffer tools,
        @JsonUnwrapped Tuning tuning,
        boolean stream) {

    static MessagesRequest of(CompletionRequest request) {
        String model = ClaudeModels.fullName(request.model());
        var generation = Generation.of(model);
        var form = AnswerForm.of(request, generation);
        return new MessagesRequest(
                model,
                system(request.system()),
                Conversation.of(request.turns()),
                form.tools(),
                Tuning.of(request, generation, form),
                true);
    }

    private static List<Block> system(@Nullable String words) {
        return words == null || words.isBlank() ? List.of() : List.of(new Block.Text(words, CacheMark.EPHEMERAL));
    }
}
