package dev.codewise.proxy.anthropic;

import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Origin;
import dev.codewise.proxy.web.JsonFailure;
import dev.codewise.proxy.web.RequestRefused;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a request to the Messages API asks, in the words of the domain, and what of it has no effect here. */
record Question(CompletionRequest asked, boolean wantsStream, IgnoredFields ignored) {

    private static final int LONGEST_MODEL = 256;

    static Question in(JsonNode body, Origin origin) {
        return of(Field.root(body).object(), origin);
    }

    static JsonNode read(byte[] body, JsonMapper json) {
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            throw new RequestRefused(JsonFailure.of(e));
        }
    }

    private static Question of(Field body, Origin origin) {
        String model = model(body.member("model"));
        var conversation = Conversation.of(body.member("system"), body.member("messages"));
        var asked = new CompletionRequest(origin, model, conversation.system(), conversation.turns())
                .with(Tools.of(body.member("tools"), body.member("tool_choice")))
                .with(Tuning.of(body));
        return new Question(asked, body.member("stream").flag(), IgnoredFields.of(body));
    }

    private static String model(Field field) {
        String model = field.text();
        field.require(!model.isBlank() && model.length() <= LONGEST_MODEL, "must be the name of a model.");
        return model;
    }
}
