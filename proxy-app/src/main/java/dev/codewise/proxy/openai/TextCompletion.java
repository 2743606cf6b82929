package dev.codewise.proxy.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A whole answer to a prompt that was no chat. */
record TextCompletion(
        String id,
        String object,
        long created,
        String model,
        List<Choice> choices,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TokenUsage usage) {

    static final String OBJECT = "text_completion";

    @JsonNaming(SnakeCaseStrategy.class)
    record Choice(String text, int index, @Nullable Object logprobs, String finishReason) {}

    static TextCompletion of(ChatHead asked, WholeAnswer answer) {
        Finished end = answer.end();
        ChatHead head = end.model() == null ? asked : asked.ranBy(end.model());
        var choice = new Choice(answer.text(), 0, null, FinishReasons.nameOf(end.reason()));
        var usage = end.usage() == null ? null : TokenUsage.of(end.usage());
        return new TextCompletion(head.id(), OBJECT, head.created(), head.model(), List.of(choice), usage);
    }
}
