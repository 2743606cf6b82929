package dev.codewise.proxy.claude;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON Schema on its way to what the API compiles. Every object is closed, as the API demands, which answers to the original
 * schema all the same; bounds are left out, because the API knows none, and are for whoever asked to check.
 */
final class AnswerSchema {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final Set<String> BOUNDS = Set.of(
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minProperties",
            "maxProperties");

    private static final Set<String> SCHEMAS_BY_NAME = Set.of("properties", "$defs", "definitions");
    private static final Set<String> LISTS_OF_SCHEMAS = Set.of("anyOf", "allOf", "oneOf");

    private boolean open;

    private AnswerSchema() {}

    /** Empty where an object may have any properties, for closed it could have none. */
    static Optional<JsonNode> of(JsonNode schema) {
        var compiled = new AnswerSchema();
        JsonNode closed = compiled.closed(schema);
        return compiled.open ? Optional.empty() : Optional.of(closed);
    }

    private JsonNode closed(JsonNode schema) {
        if (!schema.isObject()) {
            return schema;
        }
        ObjectNode closed = JSON.objectNode();
        schema.properties().stream()
                .filter(keyword -> !BOUNDS.contains(keyword.getKey()))
                .forEach(keyword -> closed.set(keyword.getKey(), closed(keyword)));
        if (isObject(schema)) {
            open |= !namesItsProperties(schema);
            closed.put("additionalProperties", false);
        }
        return closed;
    }

    /** Keywords hold schemas; within {@code properties} what looks like a keyword is a name. */
    private JsonNode closed(Map.Entry<String, JsonNode> keyword) {
        JsonNode value = keyword.getValue();
        if (SCHEMAS_BY_NAME.contains(keyword.getKey()) && value.isObject()) {
            ObjectNode schemas = JSON.objectNode();
            value.properties().forEach(schema -> schemas.set(schema.getKey(), closed(schema.getValue())));
            return schemas;
        }
        if (LISTS_OF_SCHEMAS.contains(keyword.getKey()) && value.isArray()) {
            ArrayNode schemas = JSON.arrayNode();
            value.forEach(schema -> schemas.add(closed(schema)));
            return schemas;
        }
        return keyword.getKey().equals("items") ? closed(value) : value;
    }

    static boolean isObject(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray()
                ? StreamSupport.stream(type.spliterator(), false).anyMatch(AnswerSchema::saysObject)
                : saysObject(type);
    }

    private static boolean saysObject(JsonNode type) {
        return type.asString("").equals("object");
    }

    private static boolean namesItsProperties(JsonNode schema) {
        return !schema.path("properties").isEmpty()
                && !schema.path("additionalProperties").isObject();
    }
}
