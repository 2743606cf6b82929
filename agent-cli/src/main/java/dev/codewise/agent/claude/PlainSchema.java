package dev.codewise.agent.claude;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A JSON Schema as claude takes it: in the words of draft 7, of which it must know every one. What it does not know it would drop the
 * whole schema for, so that it is left out; a format goes into the description, where the model reads it.
 */
final class PlainSchema {

    private static final Set<String> OF_SCHEMAS = Set.of("properties", "patternProperties", "$defs", "definitions");

    private static final Set<String> SCHEMAS = Set.of(
            "items",
            "additionalItems",
            "additionalProperties",
            "propertyNames",
            "contains",
            "not",
            "if",
            "then",
            "else",
            "allOf",
            "anyOf",
            "oneOf");

    private static final Set<String> VALUES = Set.of(
            "$ref",
            "type",
            "enum",
            "const",
            "title",
            "description",
            "default",
            "examples",
            "required",
            "multipleOf",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "minLength",
            "maxLength",
            "pattern",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minProperties",
            "maxProperties");

    private PlainSchema() {}

    static Map<String, Object> of(Map<String, Object> schema) {
        return plain(schema);
    }

    private static Map<String, Object> plain(Map<?, ?> schema) {
        var plain = new LinkedHashMap<String, Object>();
        schema.forEach((name, value) -> copy(name.toString(), value, plain));
        var format = schema.get("format");
        if (format != null) {
            plain.merge("description", "Format: " + format, (words, added) -> words + " (" + added + ")");
        }
        return plain;
    }

    private static void copy(String name, Object value, Map<String, Object> plain) {
        if (OF_SCHEMAS.contains(name) && value instanceof Map<?, ?> schemas) {
            plain.put(name, each(schemas));
        } else if (SCHEMAS.contains(name)) {
            plain.put(name, schemaOrSchemas(value));
        } else if (VALUES.contains(name)) {
            plain.put(name, value);
        } else if (name.equals("prefixItems")) {
            plain.put("items", schemaOrSchemas(value));
        }
    }

    private static Map<String, Object> each(Map<?, ?> schemas) {
        var plain = new LinkedHashMap<String, Object>();
        schemas.forEach((name, schema) -> plain.put(name.toString(), schemaOrSchemas(schema)));
        return plain;
    }

    private static Object schemaOrSchemas(Object value) {
        if (value instanceof Map<?, ?> schema) {
            return plain(schema);
        }
        return value instanceof List<?> schemas
                ? schemas.stream().map(PlainSchema::schemaOrSchemas).toList()
                : value;
    }
}
