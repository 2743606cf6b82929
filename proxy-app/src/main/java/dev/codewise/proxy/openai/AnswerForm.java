package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/** The form that an answer must have, by the field that demands it: any text, some JSON object, or JSON that fits a schema. */
public record AnswerForm(
        String field, @Nullable JsonNode schema, @Nullable String instruction, Predicate<String> fits) {

    public static final AnswerForm TEXT = new AnswerForm("", null, null, answer -> true);

    /** Nobody can be made to give just any object, so the model is asked for one. */
    private static final String ANY_OBJECT =
            "Answer with one JSON object and nothing else: no words around it, no code fence.";

    static AnswerForm of(Fields fields, AnswerSchemas schemas) {
        return fields.find("response_format")
                .map(format -> of("response_format", format, "json_schema.schema", schemas))
                .orElse(TEXT);
    }

    /** The same out of the request for a response, where the schema lies beside its type. */
    public static AnswerForm ofResponse(JsonNode format, AnswerSchemas schemas) {
        return of("text.format", format, "schema", schemas);
    }

    private static AnswerForm of(String field, JsonNode format, String path, AnswerSchemas schemas) {
        return switch (Fields.text(format.path("type")).orElse("")) {
            case "text" -> TEXT;
            case "json_object" -> new AnswerForm(field, null, ANY_OBJECT, AnswerSchemas::isObject);
            case "json_schema" -> ofSchema(field, format.at("/" + path.replace('.', '/')), field + "." + path, schemas);
            default -> throw Refusals.mustBe(field, "an object with a \"type\": text, json_object or json_schema");
        };
    }

    private static AnswerForm ofSchema(String field, JsonNode schema, String at, AnswerSchemas schemas) {
        if (!schema.isObject()) {
            throw Refusals.mustBe(at, "a JSON Schema");
        }
        if (AnswerSchemas.isTooLarge(schema)) {
            throw Refusals.mustBe(at, "a JSON Schema of at most " + AnswerSchemas.MOST_VALUES + " values");
        }
        Predicate<String> fits = schemas.find(schema)
                .orElseThrow(() -> Refusals.mustBe(at, "a valid JSON Schema that refers to nothing outside itself"));
        return new AnswerForm(field, schema, null, fits);
    }

    /** What the system says, with what the model must be told of this form. */
    @Nullable
    public String addedTo(@Nullable String system) {
        if (system == null || instruction == null) {
            return system == null ? instruction : system;
        }
        return system + "\n" + instruction;
    }

    /**
     * The same events; fails in place of the last one where the answer does not have this form. To find that out may take longer
     * than others can be kept waiting for their answers.
     */
    public Flux<CompletionEvent> checked(Flux<CompletionEvent> completion) {
        return equals(TEXT)
                ? completion
                : Flux.defer(() ->
                        completion.publishOn(Schedulers.boundedElastic(), 1).map(new AnswerCheck(this)::of));
    }
}
