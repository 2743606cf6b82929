package dev.codewise.proxy.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.WellFormed;
import dev.codewise.proxy.openai.WholeAnswer.WholeCall;
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

    /** What was said; its content is null where that was nothing but calls, and there is no empty list of calls. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Message(
            String role,
            @Nullable String content,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String reasoningContent,
            @Nullable String refusal,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Call> toolCalls,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Function functionCall) {

        static Message of(WholeAnswer answer, CallForm form) {
            List<Call> calls = answer.calls().stream().map(Call::of).toList();
            String content = answer.text().isEmpty() && !calls.isEmpty() ? null : answer.text();
            boolean old = form == CallForm.FUNCTION;
            Function function = old && !calls.isEmpty() ? calls.get(0).function() : null;
            return new Message("assistant", content, answer.thoughts(), null, old ? List.of() : calls, function);
        }
    }

    record Call(String id, String type, Function function) {

        static Call of(WholeCall call) {
            String arguments = WellFormed.text(call.arguments().toString());
            return new Call(call.id(), "function", new Function(call.name(), arguments));
        }
    }

    record Function(String name, String arguments) {}

    /** Under the name of the model that ran, where the provider says which one that was. */
    static ChatCompletion of(ChatHead asked, WholeAnswer answer, CallForm calls) {
        Finished end = answer.end();
        ChatHead head = end.model() == null ? asked : asked.ranBy(end.model());
        var choice = new Choice(0, Message.of(answer, calls), null, calls.reason(end.reason()));
        var usage = end.usage() == null ? null : TokenUsage.of(end.usage());
        return new ChatCompletion(head.id(), "chat.completion", head.created(), head.model(), List.of(choice), usage);
    }
}
