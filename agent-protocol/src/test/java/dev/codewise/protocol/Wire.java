package dev.codewise.protocol;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The two ends of the wire: a mapper as any program would make it, with no settings of its own. */
final class Wire {

    private static final JsonMapper MAPPER = new JsonMapper();

    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Wire() {}

    static <T> T read(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** For comparing without the order of the fields, which means nothing, but to the last digit. */
    static JsonNode tree(String json) {
        return EXACT.readTree(json);
    }

    static ObjectNode object(String json) {
        return tree(json).asObject();
    }
}
