package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/** The form that an answer must have: any text, some JSON object, or JSON that fits a schema. */
record AnswerForm(@Nullable JsonNode schema, @Nullable String instruction, Predicate<String> fits) {

    static final AnswerForm TEXT = new AnswerForm(null, null, answer -> true);

    private static final String FIELD = "response_format";

    /** Nobody can be made to give just any object, so the model is asked for one. */
    private static final String ANY_OBJECT =
            "Answer with one JSON object and nothing else: no words around it, no code fence.";

    static AnswerForm of(Fields fields, AnswerSchemas schemas) {
        return fields.find(FIELD).map(format -> of(format, schemas)).orElse(TEXT);
    }

    private static AnswerForm of(JsonNode format, AnswerSchemas schemas) {
        return switch (Fields.text(format.path("type")).orElse("")) {
            case "text" -> TEXT;
            case "json_object" -> new AnswerForm(null, ANY_OBJECT, AnswerSchemas::isObject);
            case "json_schema" -> ofSchema(format.path("json_schema").path("schema"), schemas);
            default -> throw Refusals.mustBe(FIELD, "an object with a \"type\": text, json_object or json_schema");
        };
    }

    private static AnswerForm ofSchema(JsonNode schema, AnswerSchemas schemas) {
        if (!schema.isObject()) {
            throw Refusals.mustBe(FIELD + ".json_schema.schema", "a JSON Schema");
        }
        Predicate<String> fits = schemas.find(schema)
                .orElseThrow(() -> Refusals.mustBe(
                        FIELD + ".json_schema.schema", "a valid JSON Schema that refers to nothing outside itself"));
        return new AnswerForm(schema, null, fits);
    }

    /** The same events; fails in place of the last one where the answer does not have this form. */
    Flux<CompletionEvent> checked(Flux<CompletionEvent> completion) {
        return equals(TEXT) ? completion : Flux.defer(() -> completion.map(new AnswerCheck(fits)::of));
    }
}
