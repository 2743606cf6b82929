package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.Usage;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The tokens of one answer as OpenAI counts them: those of the prompt include the cached ones. */
@JsonNaming(SnakeCaseStrategy.class)
record TokenUsage(
        long promptTokens,
        long completionTokens,
        long totalTokens,
        PromptDetails promptTokensDetails,
        CompletionDetails completionTokensDetails) {

    @JsonNaming(SnakeCaseStrategy.class)
    record PromptDetails(long cachedTokens) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record CompletionDetails(long reasoningTokens) {}

    static TokenUsage of(Usage usage) {
        return new TokenUsage(
                usage.allInput(),
                usage.output(),
                usage.allInput() + usage.output(),
                new PromptDetails(usage.cacheRead()),
                new CompletionDetails(usage.reasoning()));
    }
}
