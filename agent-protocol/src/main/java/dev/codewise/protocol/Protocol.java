package dev.codewise.protocol;

import java.util.Optional;
import java.util.regex.Pattern;

/** What both sides must spell alike: paths, headers, and the shapes of names. */
public final class Protocol {

    public static final int VERSION = 1;

    public static final String CONNECT_PATH = "/api/agent/connect";
    public static final String RESPONSE_PATH = "/api/agent/response";

    public static final String AGENT_ID = "X-Agent-Id";

    /** The level an agent speaks; absent is 0. */
    public static final String LEVEL = "X-Codewise-Protocol";

    /** A UUID per start of the program, by which a reconnect is told from a second agent of the same id. */
    public static final String INSTANCE = "X-Agent-Instance";

    public static final String FEATURES = "X-Agent-Features";

    /** The run of which a POST streams the messages. */
    public static final String REQUEST_ID = "X-Codewise-Request-Id";

    public static final String MAX_CONCURRENCY = "X-Agent-Max-Concurrency";
    public static final String MODELS = "X-Agent-Models";
    public static final String AGENT_VERSION = "X-Agent-Version";
    public static final String CLI_VERSION = "X-Agent-Cli-Version";

    /** One message, one uploaded line: what is longer is refused where it is read. */
    public static final int MAX_MESSAGE_BYTES = 1024 * 1024;

    /** The messages of one batch. */
    public static final int MAX_BATCH_MESSAGES = 256;

    /** The {@code content} of one chunk. */
    public static final int MAX_CHUNK_CHARS = 256 * 1024;

    /** What one request may answer in all. */
    public static final int MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

    /** One {@code request} event, and so what one prompt with its history may measure. */
    public static final int MAX_REQUEST_BYTES = 8 * 1024 * 1024;

    public static final int MAX_CONCURRENCY_LIMIT = 64;
    public static final int MAX_MODELS = 64;

    private static final Pattern AGENT_ID_SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    /** An id may hold what comes behind it in a token, but what comes behind it is always as long. */
    private static final Pattern TOKEN_SHAPE = Pattern.compile("cwa_(" + AGENT_ID_SHAPE + ")_[A-Za-z0-9_-]{43}");

    private static final Pattern MODEL_SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@/\\[\\]-]{0,127}");

    private static final Pattern INSTANCE_SHAPE = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private Protocol() {}

    public static boolean isAgentId(String name) {
        return AGENT_ID_SHAPE.matcher(name).matches();
    }

    /** Which agent's token this is; nothing where it is none, such as the secret that many agents share. */
    public static Optional<String> agentOfToken(String secret) {
        var token = TOKEN_SHAPE.matcher(secret);
        return token.matches() ? Optional.of(token.group(1)) : Optional.empty();
    }

    /** A model name never begins with a hyphen, so that no command line can take it for an option. */
    public static boolean isModelName(String name) {
        return MODEL_SHAPE.matcher(name).matches();
    }

    public static boolean isInstance(String name) {
        return INSTANCE_SHAPE.matcher(name).matches();
    }
}
