package dev.codewise.proxy.openai;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads the schemas that clients send for answers. Nothing is ever fetched for one: it stands by itself, or it is none. */
public final class AnswerSchemas {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** More than a model could keep in mind. */
    static final int MOST_VALUES = 10_000;

    private static final List<String> REFERENCES = List.of("$ref", "$dynamicRef", "$recursiveRef");

    private final Schema rules;

    AnswerSchemas() {
        this.rules = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12));
        rules.initializeValidators();
    }

    /** Reads a request where it keeps nobody waiting, for to make sense of a schema takes longer than others can wait. */
    public <T> Mono<T> reading(Optional<JsonNode> format, Callable<T> reader) {
        Mono<T> read = Mono.fromCallable(reader);
        boolean takesLong = format.filter(form -> Fields.isWord(form.path("type"), "json_schema"))
                .isPresent();
        return takesLong ? read.subscribeOn(Schedulers.boundedElastic()) : read;
    }

    /** Whether an answer fits the schema, which is to be asked of one answer only, or nothing where that is no schema. */
    Optional<Predicate<String>> find(JsonNode schema) {
        try {
            return standsAlone(schema) && rules.validate(schema).isEmpty()
                    ? Optional.of(compiled(schema))
                    : Optional.empty();
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            // the library says so in many ways, and goes round in circles where a schema does
            return Optional.empty();
        }
    }

    /** Whatever draft it names: what differs between them is nothing that schemas for answers use. */
    private static Predicate<String> compiled(JsonNode schema) {
        ObjectNode undated = ((ObjectNode) schema).deepCopy();
        undated.remove("$schema");
        Schema compiled = registry().getSchema(undated);
        compiled.initializeValidators();
        return answer -> fits(answer, compiled);
    }

    /** Of one schema, for its steps; it loads nothing, although the library would look on the class path for what is named. */
    private static SchemaRegistry registry() {
        var config = SchemaRegistryConfig.builder()
                .regularExpressionFactory(BoundedPattern.ofOneSchema())
                .cacheRefs(false)
                .build();
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(config)
                        .schemaCacheEnabled(false)
                        .schemaLoader(loader -> loader.block(address -> true)));
    }

    private static boolean fits(String answer, Schema schema) {
        try {
            return schema.validate(JSON.readTree(answer)).isEmpty();
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            // no JSON, or the check takes more than anybody can wait for: it is not known to fit
            return false;
        }
    }

    static boolean isTooLarge(JsonNode schema) {
        return valuesIn(schema).skip(MOST_VALUES).findAny().isPresent();
    }

    /** Itself and everything in it, as far as somebody looks. */
    private static Stream<JsonNode> valuesIn(JsonNode schema) {
        return Stream.concat(Stream.of(schema), schema.valueStream().flatMap(AnswerSchemas::valuesIn));
    }

    private static boolean standsAlone(JsonNode schema) {
        boolean here = REFERENCES.stream()
                .flatMap(name -> Fields.text(schema.path(name)).stream())
                .allMatch(reference -> reference.startsWith("#"));
        // a pattern that is none would be logged by the library, as the client wrote it
        Fields.text(schema.path("pattern")).ifPresent(Pattern::compile);
        return here && schema.valueStream().allMatch(AnswerSchemas::standsAlone);
    }

    static boolean isObject(String answer) {
        try {
            return JSON.readTree(answer).isObject();
        } catch (JacksonException e) {
            return false;
        }
    }
}
