package dev.codewise.proxy.claude;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/**
 * What the API has to compile so that it can hold calls of tools to their schemas. It refuses a request that asks for more than it
 * can compile, so nothing is asked of it but what it is known to.
 *
 * @param known whether it is known to be compiled at all
 * @param optional how many properties may be left out
 * @param unions how many values may be of several kinds
 */
record ToolGrammar(boolean known, int optional, int unions) {

    private static final ToolGrammar NOTHING = new ToolGrammar(true, 0, 0);
    private static final int MOST_TOOLS = 20;
    private static final int MOST_OPTIONAL = 24;
    private static final int MOST_UNIONS = 16;

    private static final Set<String> KEYWORDS = Set.of(
            "type",
            "title",
            "description",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "enum",
            "const",
            "anyOf");

    /** Whether calls can be held to all of these schemas in one request. */
    static boolean canHoldTo(List<JsonNode> schemas) {
        ToolGrammar all = of(schemas.stream());
        return all.known && schemas.size() <= MOST_TOOLS && all.optional <= MOST_OPTIONAL && all.unions <= MOST_UNIONS;
    }

    private static ToolGrammar of(Stream<JsonNode> schemas) {
        return schemas.map(ToolGrammar::of).reduce(NOTHING, ToolGrammar::and);
    }

    private static ToolGrammar of(JsonNode schema) {
        boolean plain = schema.isObject() && KEYWORDS.containsAll(schema.propertyNames());
        int unions = schema.has("anyOf") || schema.path("type").isArray() ? 1 : 0;
        var itself = new ToolGrammar(plain, 0, unions);
        return itself.and(AnswerSchema.isObject(schema) ? ofObject(schema) : NOTHING)
                .and(of(within(schema)));
    }

    private static ToolGrammar ofObject(JsonNode schema) {
        boolean closed = BooleanNode.FALSE.equals(schema.get("additionalProperties"));
        int optional =
                schema.path("properties").size() - schema.path("required").size();
        return new ToolGrammar(closed, optional, 0);
    }

    private static Stream<JsonNode> within(JsonNode schema) {
        Stream<JsonNode> properties =
                schema.path("properties").properties().stream().map(Map.Entry::getValue);
        Stream<JsonNode> items = Stream.ofNullable(schema.get("items"));
        return Stream.of(properties, items, schema.path("anyOf").valueStream()).flatMap(schemas -> schemas);
    }

    private ToolGrammar and(ToolGrammar other) {
        return new ToolGrammar(known && other.known, optional + other.optional, unions + other.unions);
    }
}
