package dev.codewise.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the proxy tells an agent on its event stream. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface ProxyEvent {

    /** The name in the {@code event:} line. */
    String eventName();

    /** The first event of a connection: who the agent is here, and how the proxy counts time. */
    record Connected(
            String agentId,
            String connectionId,
            int protocol,
            Instant serverTime,
            long pingIntervalMs,
            long requestTimeoutMs,
            Limits limits)
            implements ProxyEvent {

        public static final String NAME = "connected";

        public Connected {
            Required.field("agentId", agentId);
            Required.field("connectionId", connectionId);
            Required.field("serverTime", serverTime);
            Required.field("limits", limits);
        }

        @Override
        public String eventName() {
            return NAME;
        }
    }

    /** The sizes beyond which the proxy refuses what an agent posts. */
    record Limits(int maxMessageBytes, int maxChunkChars, int maxOutputBytes) {}

    /** Run this, and post what comes of it. */
    record RunRequest(
            String requestId,
            int attempt,
            String model,
            boolean stream,
            @Nullable String system,
            List<RunTurn> messages,
            @Nullable RunParameters parameters,
            long timeoutMs,
            long maxDurationMs)
            implements ProxyEvent {

        public static final String NAME = "request";

        public RunRequest {
            Required.field("requestId", requestId);
            Required.field("model", model);
            Required.field("messages", messages);
            messages = List.copyOf(messages);
        }

        @Override
        public String eventName() {
            return NAME;
        }
    }

    /** The proxy is there; {@code ts} is its clock in milliseconds. */
    record Ping(long ts) implements ProxyEvent {

        public static final String NAME = "ping";

        @Override
        public String eventName() {
            return NAME;
        }
    }

    /** Another agent has connected under this id, and this stream ends. */
    record Replaced(String by) implements ProxyEvent {

        public static final String NAME = "replaced";

        public Replaced {
            Required.field("by", by);
        }

        @Override
        public String eventName() {
            return NAME;
        }
    }

    /** The operator of the proxy has changed what it does with this agent, and says why; for people to read. */
    record Notice(Standing standing, @Nullable String reason) implements ProxyEvent {

        public static final String NAME = "notice";

        /** What the proxy does with the agent from now on. */
        public enum Standing {
            @JsonProperty("active")
            ACTIVE,
            @JsonProperty("draining")
            DRAINING,
            @JsonProperty("disconnected")
            DISCONNECTED
        }

        public Notice {
            Required.field("standing", standing);
        }

        @Override
        public String eventName() {
            return NAME;
        }
    }
}
