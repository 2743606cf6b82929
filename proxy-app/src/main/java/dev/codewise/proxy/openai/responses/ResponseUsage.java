package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.completion.Usage;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The tokens of one response as OpenAI counts them here: those of the input include the cached ones. */
final class ResponseUsage {

    private ResponseUsage() {}

    static ObjectNode of(Usage usage) {
        ObjectNode all = JsonNodeFactory.instance.objectNode().put("input_tokens", usage.allInput());
        all.putObject("input_tokens_details")
                .put("cached_tokens", usage.cacheRead())
                .put("cache_write_tokens", usage.cacheWrite());
        all.put("output_tokens", usage.output());
        all.putObject("output_tokens_details").put("reasoning_tokens", usage.reasoning());
        return all.put("total_tokens", usage.allInput() + usage.output());
    }
}
