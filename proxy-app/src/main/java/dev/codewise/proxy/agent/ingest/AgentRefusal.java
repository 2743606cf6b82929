package dev.codewise.proxy.agent.ingest;

/** Why the proxy does not accept what an agent sent, in the words of the protocol. */
public final class AgentRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The kinds of refusal; each has one status. */
    public enum Kind {
        BAD_HEADER,
        BAD_MESSAGE,
        UNKNOWN_REQUEST,
        TOO_LARGE,
        TOO_FAST,
        UNSUPPORTED_ENCODING
    }

    private final Kind kind;

    public AgentRefusal(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
