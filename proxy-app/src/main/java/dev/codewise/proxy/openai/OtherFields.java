package dev.codewise.proxy.openai;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a request that cannot be honoured: those without which the answer would be another one are refused, those that
 * only tune it are named in the answer's header, and those nobody knows are passed over.
 */
final class OtherFields {

    /** Names the fields that had no effect. */
    static final String IGNORED = "x-codewise-ignored";

    private record Refused(String field, Predicate<JsonNode> asksForIt, String sentence) {}

    private static final String NO_TOOLS = "Tools are not supported yet. Send the request without \"%s\".";

    private static final List<Refused> REFUSED = List.of(
            new Refused("tools", OtherFields::isFilled, NO_TOOLS),
            new Refused("functions", OtherFields::isFilled, NO_TOOLS),
            new Refused("tool_choice", OtherFields::wantsTool, NO_TOOLS),
            new Refused("function_call", OtherFields::wantsTool, NO_TOOLS),
            new Refused(
                    "response_format",
                    format -> !isWord(format.path("type"), "text"),
                    "Only {\"type\":\"text\"} is supported as \"%s\" yet. Ask for the format in the prompt."),
            new Refused("n", n -> !(n.isIntegralNumber() && n.asLong() == 1), "Only 1 is supported as \"%s\"."),
            new Refused(
                    "logprobs",
                    wanted -> !(wanted.isBoolean() && !wanted.asBoolean()),
                    "Claude gives no log probabilities. Send the request without \"%s\"."),
            new Refused(
                    "modalities",
                    modalities -> !isTextOnly(modalities),
                    "The answer can only be text. Send the request without \"%s\", or with [\"text\"]."),
            new Refused("audio", audio -> true, "The answer can only be text. Send the request without \"%s\"."));

    private static final List<String> WITHOUT_EFFECT = List.of(
            "frequency_penalty",
            "logit_bias",
            "metadata",
            "moderation",
            "parallel_tool_calls",
            "prediction",
            "presence_penalty",
            "prompt_cache_key",
            "prompt_cache_options",
            "prompt_cache_retention",
            "reasoning_effort",
            "safety_identifier",
            "seed",
            "service_tier",
            "stop",
            "store",
            "temperature",
            "top_logprobs",
            "top_p",
            "user",
            "verbosity",
            "web_search_options");

    private final Map<String, JsonNode> fields;

    OtherFields(Map<String, JsonNode> fields) {
        this.fields = fields;
    }

    void refuseUnsupported() {
        REFUSED.stream()
                .filter(rule -> isGiven(rule.field) && rule.asksForIt.test(fields.get(rule.field)))
                .findFirst()
                .ifPresent(OtherFields::refuse);
    }

    /** The known fields that were given and have no effect, for the header; empty when there are none. */
    String ignored() {
        return WITHOUT_EFFECT.stream().filter(this::isGiven).collect(Collectors.joining(", "));
    }

    private boolean isGiven(String field) {
        JsonNode value = fields.get(field);
        return value != null && !value.isNull();
    }

    private static void refuse(Refused rule) {
        throw Refusals.invalid(rule.field, rule.sentence.formatted(rule.field));
    }

    private static boolean isFilled(JsonNode tools) {
        return !(tools.isArray() && tools.isEmpty());
    }

    private static boolean wantsTool(JsonNode choice) {
        return !isWord(choice, "none") && !isWord(choice, "auto");
    }

    private static boolean isTextOnly(JsonNode modalities) {
        return modalities.isArray() && modalities.valueStream().allMatch(each -> isWord(each, "text"));
    }

    private static boolean isWord(JsonNode node, String word) {
        return node.isString() && node.stringValue().equals(word);
    }
}
