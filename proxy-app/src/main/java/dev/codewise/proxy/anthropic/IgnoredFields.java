package dev.codewise.proxy.anthropic;

import dev.codewise.proxy.completion.Wishes;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fields of a request that have no effect on its answer, for the header that says so. Those without which the answer would be
 * another one are refused, and marks for caching, notes about the user and what nobody knows are passed over.
 */
record IgnoredFields(List<String> names, String effort) {

    /** Names the fields that had no effect. */
    static final String HEADER = "x-codewise-ignored";

    /** Claude Code tells with every request for whom it is, which changes nothing in the answer. */
    private static final Wishes.Kind NOTE = Wishes.Kind.USER;

    private static final List<String> WITHOUT_EFFECT =
            List.of("container", "context_management", "inference_geo", "service_tier", "speed", "top_k");

    static IgnoredFields of(Field body) {
        Field servers = body.member("mcp_servers");
        servers.require(servers.items().isEmpty(), "Only the Claude API itself asks servers of tools.");
        List<String> given = WITHOUT_EFFECT.stream()
                .filter(name -> body.member(name).isGiven())
                .toList();
        boolean named = body.member("output_config").member("effort").isGiven();
        return new IgnoredFields(given, named ? "output_config.effort" : "thinking");
    }

    /** The value of the header, with the wishes that whoever answers does not heed; empty when there is nothing to say. */
    String with(Set<Wishes.Kind> unheeded) {
        return Stream.concat(
                        names.stream(),
                        unheeded.stream().filter(wish -> wish != NOTE).sorted().map(this::fieldOf))
                .collect(Collectors.joining(", "));
    }

    private String fieldOf(Wishes.Kind wish) {
        return switch (wish) {
            case MAX_TOKENS -> "max_tokens";
            case TEMPERATURE -> "temperature";
            case TOP_P -> "top_p";
            case STOP -> "stop_sequences";
            case EFFORT -> effort;
            case USER -> "metadata.user_id";
            case STRICT_CALLS -> "tools.strict";
        };
    }
}
