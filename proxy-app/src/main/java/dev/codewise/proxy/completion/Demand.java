package dev.codewise.proxy.completion;

import org.jspecify.annotations.Nullable;

/**
 * What a request will take of a model, as far as it can be told before it is asked.
 *
 * @param inputTokens estimated from above
 * @param mostOutputTokens what the client has limited the answer to
 */
public record Demand(long inputTokens, @Nullable Integer mostOutputTokens) {

    /** Fewer than there are in almost any language. */
    private static final int BYTES_PER_TOKEN = 2;

    public static Demand ofBytes(long bytes, @Nullable Integer mostOutputTokens) {
        return new Demand(bytes / BYTES_PER_TOKEN + 1, mostOutputTokens);
    }

    /** As text in most languages is read: four bytes a token. */
    public long likelyInputTokens() {
        return inputTokens / 2;
    }

    static Demand of(CompletionRequest request) {
        return ofBytes(Weight.of(request), request.wishes().maxTokens());
    }
}
