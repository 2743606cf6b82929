package dev.codewise.proxy.agent;

/** Why the proxy does not accept what an agent sent, in the words of the protocol. */
final class AgentRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The kinds of refusal; each has one status. */
    enum Kind {
        BAD_HEADER,
        BAD_MESSAGE,
        UNKNOWN_REQUEST,
        TOO_LARGE,
        TOO_FAST,
        UNSUPPORTED_ENCODING
    }

    private final Kind kind;

    AgentRefusal(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
