package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.FinishReason;

/** OpenAI's words for why a model stopped. */
final class FinishReasons {

    private FinishReasons() {}

    static String nameOf(FinishReason reason) {
        return switch (reason) {
            case STOP -> "stop";
            case LENGTH -> "length";
            case TOOL_CALLS -> "tool_calls";
            case CONTENT_FILTER -> "content_filter";
        };
    }
}
