package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Wishes;
import org.jspecify.annotations.Nullable;

/** What a chat request asks in the words of the domain, once everything about it that cannot be served has been refused. */
final class ChatQuestion {

    private static final int LONGEST_MODEL = 256;

    private final ChatRequest request;

    private ChatQuestion(ChatRequest request) {
        this.request = request;
    }

    static CompletionRequest of(ChatRequest request, String id) {
        return new ChatQuestion(request).checked(id);
    }

    private CompletionRequest checked(String id) {
        String model = model();
        checkStreamOptions();
        new OtherFields(request.others()).refuseUnsupported();
        var conversation = Conversation.of(request.messages());
        return new CompletionRequest(id, model, conversation.system(), conversation.turns())
                .with(Wishes.ofMaxTokens(maxTokens()));
    }

    private String model() {
        String model = request.model();
        if (model == null || model.isBlank() || model.length() > LONGEST_MODEL) {
            throw Refusals.invalid("model", "\"model\" must be one of the names that GET /v1/models lists.");
        }
        return model;
    }

    private void checkStreamOptions() {
        if (request.streamOptions() != null && !request.wantsStream()) {
            throw Refusals.invalid(
                    "stream_options",
                    "\"stream_options\" is only for streams. Leave it out, or set \"stream\" to true.");
        }
    }

    /** Where both names are given the newer one counts. */
    private @Nullable Integer maxTokens() {
        Integer old = positive("max_tokens", request.maxTokens());
        Integer recent = positive("max_completion_tokens", request.maxCompletionTokens());
        return recent == null ? old : recent;
    }

    private static @Nullable Integer positive(String param, @Nullable Integer tokens) {
        if (tokens != null && tokens < 1) {
            throw Refusals.invalid(param, "\"" + param + "\" must be at least 1.");
        }
        return tokens;
    }
}
