package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Origin;
import dev.codewise.proxy.completion.Toolbox;
import dev.codewise.proxy.completion.WellFormed;
import dev.codewise.proxy.completion.Wishes;
import dev.codewise.proxy.openai.AnswerForm;
import dev.codewise.proxy.openai.AnswerSchemas;
import dev.codewise.proxy.openai.ModelName;
import dev.codewise.proxy.openai.Refusals;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A request of which everything is known that does not need the conversation before it; what cannot be served has been refused. */
record ResponseQuestion(
        ResponseRequest request,
        InputItems input,
        Toolbox toolbox,
        AnswerForm form,
        Wishes wishes,
        List<String> ignored) {

    private static final int MOST_METADATA = 16;

    static ResponseQuestion of(ResponseRequest request, AnswerSchemas schemas) {
        ModelName.checked(request.model());
        checkMetadata(request.metadata());
        List<String> ignored = OtherResponseFields.ignoredIn(request);
        AnswerForm form = request.format()
                .map(format -> AnswerForm.ofResponse(format, schemas))
                .orElse(AnswerForm.TEXT);
        return new ResponseQuestion(
                request,
                InputItems.of(request.input()),
                ResponseTools.of(request),
                form,
                ResponseWishes.of(request, form.schema()),
                ignored);
    }

    private static void checkMetadata(@Nullable JsonNode metadata) {
        if (metadata == null || metadata.isNull()) {
            return;
        }
        if (!metadata.isObject()
                || metadata.size() > MOST_METADATA
                || !metadata.valueStream().allMatch(JsonNode::isString)) {
            throw Refusals.invalid(
                    "metadata", "\"metadata\" must be an object of at most " + MOST_METADATA + " strings.");
        }
    }

    String model() {
        return String.valueOf(request.model());
    }

    /** The name that the client's field for a wish has. */
    String nameOf(Wishes.Kind wish) {
        return ResponseWishes.nameOf(wish, request);
    }

    /** The question in the words of the domain, with the items that were said before it. */
    CompletionRequest after(List<JsonNode> before, Origin origin) {
        InputConversation conversation = input.after(before);
        String instructions = request.instructions();
        String system = conversation.system(instructions == null ? null : WellFormed.text(instructions));
        return new CompletionRequest(origin, model(), form.addedTo(system), conversation.turns(), toolbox, wishes);
    }
}
