package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.openai.Refusals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/**
 * The fields of a request that cannot be honoured: those that only tune an answer or its price are named in the answer's header,
 * all the others are refused.
 */
final class OtherResponseFields {

    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "client_metadata",
            "include",
            "max_tool_calls",
            "moderation",
            "prompt_cache_key",
            "prompt_cache_options",
            "prompt_cache_retention",
            "service_tier",
            "stream_options",
            "top_logprobs",
            "truncation");

    private static final Pattern PLAIN = Pattern.compile("\\w{1,64}");
    private static final Set<String> TEXT = Set.of("format");
    private static final Set<String> REASONING = Set.of("effort");

    private OtherResponseFields() {}

    /** The names of those that were given and have no effect; refuses the rest. */
    static List<String> ignoredIn(ResponseRequest request) {
        List<String> ignored = new ArrayList<>();
        request.others().entrySet().stream()
                .filter(field -> !saysNothing(field))
                .map(OtherResponseFields::ignoredOrRefused)
                .sorted()
                .forEach(ignored::add);
        addParts("text", request.text(), TEXT, ignored);
        addParts("reasoning", request.reasoning(), REASONING, ignored);
        return ignored;
    }

    private static boolean saysNothing(Map.Entry<String, JsonNode> field) {
        JsonNode value = field.getValue();
        return value.isNull() || (field.getKey().equals("background") && value.equals(BooleanNode.FALSE));
    }

    private static String ignoredOrRefused(Map.Entry<String, JsonNode> field) {
        String name = field.getKey();
        if (!WITHOUT_EFFECT.contains(name)) {
            throw Refusals.invalid(name, "\"" + name + "\" is not supported here. Send the request without it.");
        }
        return name;
    }

    /** What is not plain could not be told in a header. */
    private static String plain(String part, String name) {
        if (!PLAIN.matcher(part).matches()) {
            throw Refusals.invalid(name, "\"" + name + "\" has a part of a name that nobody knows. Leave it out.");
        }
        return part;
    }

    private static void addParts(String name, @Nullable JsonNode value, Set<String> heeded, List<String> ignored) {
        if (value == null || value.isNull()) {
            return;
        }
        if (!value.isObject()) {
            throw Refusals.invalid(name, "\"" + name + "\" must be an object.");
        }
        value.properties().stream()
                .filter(part ->
                        !heeded.contains(part.getKey()) && !part.getValue().isNull())
                .map(part -> name + "." + plain(part.getKey(), name))
                .sorted()
                .forEach(ignored::add);
    }
}
