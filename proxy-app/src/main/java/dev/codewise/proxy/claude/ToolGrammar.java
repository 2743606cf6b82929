package dev.codewise.proxy.claude;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/**
 * What the API has to compile so that it can hold calls of tools to their schemas. It refuses a request that asks for more than it
 * can compile, so nothing is asked of it but what it is known to.
 */
final class ToolGrammar {

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

    private boolean known = true;
    private int optional;
    private int unions;

    private ToolGrammar() {}

    /** Whether calls can be held to all of these schemas in one request. */
    static boolean canHoldTo(List<JsonNode> schemas) {
        var grammar = new ToolGrammar();
        schemas.forEach(grammar::add);
        return grammar.known
                && schemas.size() <= MOST_TOOLS
                && grammar.optional <= MOST_OPTIONAL
                && grammar.unions <= MOST_UNIONS;
    }

    private void add(JsonNode schema) {
        known &= schema.isObject() && KEYWORDS.containsAll(schema.propertyNames());
        if (AnswerSchema.isObject(schema)) {
            known &= BooleanNode.FALSE.equals(schema.get("additionalProperties"));
            optional +=
                    schema.path("properties").size() - schema.path("required").size();
        }
        unions += schema.has("anyOf") || schema.path("type").isArray() ? 1 : 0;
        schema.path("properties").properties().stream().map(Map.Entry::getValue).forEach(this::add);
        schema.path("anyOf").forEach(this::add);
        if (schema.has("items")) {
            add(schema.path("items"));
        }
    }
}
