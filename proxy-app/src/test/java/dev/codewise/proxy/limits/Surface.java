package dev.codewise.proxy.limits;

/** The four ways to ask, with a question for each that allows ten tokens for the answer. */
enum Surface {
    CHAT("/v1/chat/completions", "\"max_tokens\":10,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]"),
    COMPLETIONS("/v1/completions", "\"max_tokens\":10,\"prompt\":\"Hi\""),
    RESPONSES("/v1/responses", "\"max_output_tokens\":10,\"input\":\"Hi\""),
    MESSAGES("/v1/messages", "\"max_tokens\":10,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]");

    private final String path;
    private final String fields;

    Surface(String path, String fields) {
        this.path = path;
        this.fields = fields;
    }

    String path() {
        return path;
    }

    String body() {
        return "{\"model\":\"sonnet\"," + fields + "}";
    }

    /** What the body of a refusal has to say. */
    String errorOf(boolean spent) {
        return switch (this) {
            case MESSAGES -> "\"type\":\"rate_limit_error\"";
            case CHAT, COMPLETIONS, RESPONSES ->
                spent ? "\"code\":\"insufficient_quota\"" : "\"code\":\"rate_limit_exceeded\"";
        };
    }
}
