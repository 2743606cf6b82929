package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Origin;
import dev.codewise.proxy.completion.Turn;
import java.util.List;

/** What a chat request asks in the words of the domain, once everything about it that cannot be served has been refused. */
final class ChatQuestion {

    private final ChatRequest request;
    private final Fields fields;

    private ChatQuestion(ChatRequest request) {
        this.request = request;
        this.fields = new Fields(request.others());
    }

    static Question of(ChatRequest request, Origin origin, AnswerSchemas schemas) {
        return new ChatQuestion(request).checked(origin, schemas);
    }

    /** What was said, once more, after images have come into it. */
    static List<Turn> turnsOf(ChatRequest request) {
        return Conversation.of(request.messages()).turns();
    }

    private Question checked(Origin origin, AnswerSchemas schemas) {
        String model = ModelName.checked(request.model());
        Delivery delivery = Delivery.of(request.stream(), fields);
        new OtherFields(fields).refuseUnsupported();
        var form = AnswerForm.of(fields, schemas);
        var conversation = Conversation.of(request.messages());
        String system = form.addedTo(conversation.system());
        var asked = new CompletionRequest(origin, model, system, conversation.turns())
                .with(ChatTools.of(fields))
                .with(Tuning.of(fields, form.schema()));
        return new Question(asked, form, delivery, ChatFormat.of(fields), fields);
    }
}
