package dev.codewise.proxy.openai;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Origin;
import dev.codewise.proxy.completion.Turn;
import dev.codewise.proxy.completion.WellFormed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The body of a completion in the form that is older than chats: one text to go on from. */
record PromptRequest(
        @Nullable String model,
        @Nullable JsonNode prompt,
        @Nullable Boolean stream,
        @JsonAnySetter Map<String, JsonNode> others) {

    /** With this model. */
    PromptRequest with(@Nullable String name) {
        return new PromptRequest(name, prompt, stream, others);
    }

    /** The prompt as a question, once everything about the request that cannot be served has been refused. */
    Question question(Origin origin) {
        String name = ModelName.checked(model);
        Fields fields = new Fields(others);
        Delivery delivery = Delivery.of(stream, fields);
        new OtherFields(fields).refuseUnsupported();
        var asked = new CompletionRequest(origin, name, null, List.of(Turn.user(text()))).with(Tuning.of(fields, null));
        return new Question(asked, AnswerForm.TEXT, delivery, PromptFormat.PROMPT, fields);
    }

    private String text() {
        return Optional.ofNullable(prompt)
                .map(given -> given.isArray() && given.size() == 1 ? given.path(0) : given)
                .flatMap(Fields::text)
                .map(WellFormed::text)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> Refusals.mustBe("prompt", "one text that says something"));
    }
}
