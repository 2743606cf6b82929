package dev.codewise.proxy.claude;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.codewise.proxy.completion.ClaudeModels;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Generation;
import dev.codewise.proxy.completion.Wishes.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A question as the Messages API wants it; always streamed, since that shows early that the API is at work. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record MessagesRequest(
        String model,
        List<Block> system,
        List<Message> messages,
        @JsonUnwrapped ToolOffer tools,
        @JsonUnwrapped Tuning tuning,
        @Nullable Metadata metadata) {

    /** The longest name of a user that the API takes. */
    private static final int LONGEST_USER = 256;

    /** For whom the answer is; the API wants it to find those who abuse it. */
    record Metadata(@JsonProperty("user_id") String userId) {}

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
                metadata(request.wishes().user()));
    }

    private static @Nullable Metadata metadata(@Nullable String user) {
        return user == null || user.length() > LONGEST_USER ? null : new Metadata(user);
    }

    @JsonProperty
    boolean stream() {
        return true;
    }

    /** The wishes of the request that are not heeded. */
    Set<Kind> unheeded(CompletionRequest request) {
        var unheeded = EnumSet.copyOf(tuning.unheeded());
        if (metadata == null && request.wishes().user() != null) {
            unheeded.add(Kind.USER);
        }
        if (!tools.isStrict() && !request.toolbox().strictSchemas().isEmpty()) {
            unheeded.add(Kind.STRICT_CALLS);
        }
        return unheeded;
    }

    private static List<Block> system(@Nullable String words) {
        return words == null || words.isBlank() ? List.of() : List.of(new Block.Text(words, CacheMark.EPHEMERAL));
    }
}
