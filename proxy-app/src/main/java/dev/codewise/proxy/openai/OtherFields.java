package dev.codewise.proxy.openai;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a request that nobody here can honour: those without which the answer would be another one are refused, those
 * that only tune it are named in the answer's header, and those nobody knows are passed over.
 */
final class OtherFields {

    private record Refused(String field, Predicate<JsonNode> asksForIt, String sentence) {}

    /** A part of a field that has an effect otherwise. */
    private record Part(String name, String field, Predicate<JsonNode> asksForIt) {}

    private static final String NO_PROBABILITIES =
            "Claude gives no log probabilities. Send the request without \"%s\".";

    private static final List<Refused> REFUSED = List.of(
            new Refused("n", n -> !isOne(n), "Only 1 is supported as \"%s\"."),
            new Refused("best_of", best -> !isOne(best), "Only 1 is supported as \"%s\"."),
            new Refused("logprobs", wanted -> !isFalse(wanted), NO_PROBABILITIES),
            new Refused(
                    "modalities",
                    modalities -> !isTextOnly(modalities),
                    "The answer can only be text. Send the request without \"%s\", or with [\"text\"]."),
            new Refused("audio", audio -> true, "The answer can only be text. Send the request without \"%s\"."),
            new Refused("echo", echo -> !isFalse(echo), "The prompt is not repeated. Send the request without \"%s\"."),
            new Refused(
                    "suffix",
                    suffix -> !Fields.isWord(suffix, ""),
                    "Claude does not fill in between two texts. Send the request without \"%s\"."));

    /** Each with the values that ask for nothing but what happens anyway. */
    private static final Map<String, Predicate<JsonNode>> WITHOUT_EFFECT = Map.ofEntries(
            Map.entry("frequency_penalty", OtherFields::isZero),
            Map.entry("logit_bias", JsonNode::isEmpty),
            Map.entry("metadata", JsonNode::isEmpty),
            Map.entry("moderation", OtherFields::never),
            Map.entry("prediction", OtherFields::never),
            Map.entry("presence_penalty", OtherFields::isZero),
            Map.entry("prompt_cache_key", OtherFields::never),
            Map.entry("prompt_cache_options", OtherFields::never),
            Map.entry("prompt_cache_retention", OtherFields::never),
            Map.entry("seed", OtherFields::never),
            Map.entry("service_tier", tier -> Fields.isWord(tier, "auto") || Fields.isWord(tier, "default")),
            Map.entry("store", OtherFields::isFalse),
            Map.entry("top_logprobs", OtherFields::isZero),
            Map.entry("verbosity", verbosity -> Fields.isWord(verbosity, "medium")),
            Map.entry("web_search_options", OtherFields::never));

    private static final List<Part> PARTS_WITHOUT_EFFECT = List.of(new Part(
            "stream_options.include_obfuscation",
            "stream_options",
            options -> Fields.isTrue(options.path("include_obfuscation"))));

    private final Fields fields;

    OtherFields(Fields fields) {
        this.fields = fields;
    }

    void refuseUnsupported() {
        REFUSED.stream()
                .filter(rule -> fields.find(rule.field).filter(rule.asksForIt).isPresent())
                .findFirst()
                .ifPresent(OtherFields::refuse);
    }

    /** What is known of what was given and has no effect, whoever answers. */
    List<String> ignored() {
        return Stream.concat(fieldsWithoutEffect(), partsWithoutEffect())
                .sorted()
                .toList();
    }

    private Stream<String> fieldsWithoutEffect() {
        return WITHOUT_EFFECT.entrySet().stream()
                .filter(field -> fields.find(field.getKey())
                        .filter(field.getValue().negate())
                        .isPresent())
                .map(Map.Entry::getKey);
    }

    private Stream<String> partsWithoutEffect() {
        return PARTS_WITHOUT_EFFECT.stream()
                .filter(part -> fields.find(part.field).filter(part.asksForIt).isPresent())
                .map(Part::name);
    }

    private static void refuse(Refused rule) {
        throw Refusals.invalid(rule.field, rule.sentence.formatted(rule.field));
    }

    private static boolean never(JsonNode value) {
        return false;
    }

    private static boolean isOne(JsonNode value) {
        return value.isIntegralNumber() && value.asLong() == 1;
    }

    private static boolean isZero(JsonNode value) {
        return value.isNumber() && value.doubleValue() == 0;
    }

    private static boolean isFalse(JsonNode value) {
        return value.isBoolean() && !value.booleanValue();
    }

    private static boolean isTextOnly(JsonNode modalities) {
        return modalities.isArray() && modalities.valueStream().allMatch(each -> Fields.isWord(each, "text"));
    }
}
