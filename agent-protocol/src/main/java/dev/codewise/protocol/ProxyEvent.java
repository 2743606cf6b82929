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
            Limits limits,
            @Nullable Boolean resumed,
            @Nullable Long heartbeatIntervalMs,
            @Nullable Long resumeWindowMs)
            implements ProxyEvent {

        public static final String NAME = "connected";

        public Connected {
            Required.field("agentId", agentId);
            Required.field("connectionId", connectionId);
            Required.field("serverTime", serverTime);
            Required.field("limits", limits);
        }

        /** As it is said to an agent of level 0. */
        public Connected(
                String agentId,
                String connectionId,
                int protocol,
                Instant serverTime,
                long pingIntervalMs,
                long requestTimeoutMs,
                Limits limits) {
            this(
                    agentId,
                    connectionId,
                    protocol,
                    serverTime,
                    pingIntervalMs,
                    requestTimeoutMs,
                    limits,
                    null,
                    null,
                    null);
        }

        @Override
        public String eventName() {
            return NAME;
        }
    }

    /** The sizes beyond which the proxy refuses what an agent posts. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Limits(
            int maxMessageBytes,
            int maxChunkChars,
            int maxOutputBytes,
            @Nullable Integer maxBatchMessages) {

        public Limits(int maxMessageBytes, int maxChunkChars, int maxOutputBytes) {
            this(maxMessageBytes, maxChunkChars, maxOutputBytes, null);
        }
    }

    /**
     * Run this, and post what comes of it.
     *
     * @param continues the earlier request whose process the agent said it holds; one that holds it no longer has all it needs here
     */
    record RunRequest(
            String requestId,
            int attempt,
            String model,
            boolean stream,
            @Nullable String system,
            List<RunTurn> messages,
            @Nullable RunParameters parameters,
            long timeoutMs,
            long maxDurationMs,
            @Nullable Long nextSeq,
            @Nullable String continues)
            implements ProxyEvent {

        public static final String NAME = "request";

        public RunRequest {
            Required.field("requestId", requestId);
            Required.field("model", model);
            Required.field("messages", messages);
            messages = List.copyOf(messages);
        }

        /** Delivered once, from its first message on, and continuing nothing that is held. */
        public RunRequest(
                String requestId,
                int attempt,
                String model,
                boolean stream,
                @Nullable String system,
                List<RunTurn> messages,
                @Nullable RunParameters parameters,
                long timeoutMs,
                long maxDurationMs) {
            this(requestId, attempt, model, stream, system, messages, parameters, timeoutMs, maxDurationMs, null, null);
        }

        /** The same, delivered once more: an agent that has it goes on with it. */
        public RunRequest again() {
            return new RunRequest(
                    requestId,
                    attempt + 1,
                    model,
                    stream,
                    system,
                    messages,
                    parameters,
                    timeoutMs,
                    maxDurationMs,
                    nextSeq,
                    continues);
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

    /** Nobody waits for this run any more: stop it. */
    record Cancel(String requestId, @Nullable CancelReason reason) implements ProxyEvent {

        public static final String NAME = "cancel";

        public Cancel {
            Required.field("requestId", requestId);
        }

        @Override
        public String eventName() {
            return NAME;
        }
    }

    /** This proxy stops: connect anew first, then leave this connection; what runs goes on. */
    record Drain(String reason, long reconnectWithinMs, long deadlineMs) implements ProxyEvent {

        public static final String NAME = "drain";

        public Drain {
            Required.field("reason", reason);
        }

        @Override
        public String eventName() {
            return NAME;
        }
    }

    /** The answer to what an agent said it runs, run by run. */
    record Resumed(List<ResumedRun> requests) implements ProxyEvent {

        public static final String NAME = "resume";

        public Resumed {
            Required.field("requests", requests);
            requests = List.copyOf(requests);
        }

        @Override
        public String eventName() {
            return NAME;
        }
    }

    /** What becomes of one run: it goes on with message {@code nextSeq}, or is to stop. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ResumedRun(
            String requestId, Fate state, @Nullable Long nextSeq) {

        /** Whether somebody still waits for the run. */
        public enum Fate {
            @JsonProperty("continue")
            CONTINUE,
            @JsonProperty("gone")
            GONE
        }

        public ResumedRun {
            Required.field("requestId", requestId);
            Required.field("state", state);
        }

        public static ResumedRun from(String requestId, long nextSeq) {
            return new ResumedRun(requestId, Fate.CONTINUE, nextSeq);
        }

        public static ResumedRun gone(String requestId) {
            return new ResumedRun(requestId, Fate.GONE, null);
        }
    }
}
