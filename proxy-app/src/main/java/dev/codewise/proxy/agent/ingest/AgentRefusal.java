package dev.codewise.proxy.agent.ingest;

import dev.codewise.protocol.Protocol;
import dev.codewise.protocol.Receipt;
import dev.codewise.protocol.Receipt.Refusal;
import java.util.List;
import java.util.Locale;

/** Why the proxy does not accept what an agent sent, in the words of the protocol. */
public final class AgentRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The kinds of refusal; each has one status. */
    public enum Kind {
        BAD_HEADER,
        BAD_MESSAGE,
        UNSUPPORTED_PROTOCOL,
        UNKNOWN_REQUEST,
        UNKNOWN_AGENT,
        GAP,
        DUPLICATE_ID,
        OVER,
        TOO_LARGE,
        TOO_FAST,
        TOO_MANY_AGENTS,
        UNSUPPORTED_ENCODING,
        DRAINING
    }

    private final Kind kind;
    private final long nextSeq;

    public AgentRefusal(Kind kind, String message) {
        this(kind, message, 0);
    }

    private AgentRefusal(Kind kind, String message, long nextSeq) {
        super(message, null, false, false);
        this.kind = kind;
        this.nextSeq = nextSeq;
    }

    /** The same refusal, saying which message is expected. */
    public AgentRefusal from(long seq) {
        return new AgentRefusal(kind, sentence(), seq);
    }

    public Kind kind() {
        return kind;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** What the agent reads. */
    public Receipt receipt() {
        var supported = kind == Kind.UNSUPPORTED_PROTOCOL ? List.of(Protocol.VERSION) : null;
        String code = kind.name().toLowerCase(Locale.ROOT);
        var receipt = new Receipt(false, new Refusal(code, sentence(), supported));
        return nextSeq > 0 ? receipt.from(nextSeq) : receipt;
    }
}
