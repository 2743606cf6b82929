package dev.codewise.protocol;

import dev.codewise.protocol.AgentMessage.Draining;
import dev.codewise.protocol.AgentMessage.Heartbeat;
import dev.codewise.protocol.AgentMessage.Probe;
import dev.codewise.protocol.AgentMessage.Resume;
import dev.codewise.protocol.ProxyEvent.Cancel;
import dev.codewise.protocol.ProxyEvent.Connected;
import dev.codewise.protocol.ProxyEvent.Drain;
import dev.codewise.protocol.ProxyEvent.Limits;
import dev.codewise.protocol.ProxyEvent.Notice;
import dev.codewise.protocol.ProxyEvent.Ping;
import dev.codewise.protocol.ProxyEvent.Replaced;
import dev.codewise.protocol.ProxyEvent.Resumed;
import dev.codewise.protocol.ProxyEvent.ResumedRun;
import dev.codewise.protocol.ProxyEvent.RunRequest;
import dev.codewise.protocol.RunMessage.Chunk;
import dev.codewise.protocol.RunMessage.Complete;
import dev.codewise.protocol.RunMessage.Failed;
import dev.codewise.protocol.RunToolChoice.Mode;
import dev.codewise.protocol.RunTurn.Role;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Each record of the wire with nothing left out, and its JSON as the protocol document shows it. */
record WireExample(Record value, String json) {

    private static final List<WireExample> ALL = List.of(
            new WireExample(
                    new Connected(
                            "laptop-1",
                            "c_7Qm2",
                            1,
                            Instant.parse("2026-01-01T00:00:00Z"),
                            30000,
                            120000,
                            new Limits(1048576, 262144, 16777216, 256),
                            true,
                            15000L,
                            30000L),
                    """
            {"agentId":"laptop-1","connectionId":"c_7Qm2","protocol":1,"serverTime":"2026-01-01T00:00:00Z",
             "pingIntervalMs":30000,"requestTimeoutMs":120000,"heartbeatIntervalMs":15000,"resumeWindowMs":30000,
             "limits":{"maxMessageBytes":1048576,"maxChunkChars":262144,"maxOutputBytes":16777216,"maxBatchMessages":256},
             "resumed":true}"""),
            new WireExample(new Limits(1048576, 262144, 16777216, 256), """
            {"maxMessageBytes":1048576,"maxChunkChars":262144,"maxOutputBytes":16777216,"maxBatchMessages":256}"""),
            new WireExample(
                    new RunRequest(
                            "req_k3f9a2bc_4tXh",
                            1,
                            "claude-sonnet-4-5",
                            true,
                            "Be brief.",
                            List.of(
                                    new RunTurn(Role.USER, "Hi"),
                                    new RunTurn(Role.ASSISTANT, "Hello"),
                                    new RunTurn(Role.USER, "Bye")),
                            RunParameters.ofMaxTokens(4096),
                            120000,
                            1800000,
                            1L,
                            "req_a"),
                    """
            {"requestId":"req_k3f9a2bc_4tXh","attempt":1,"model":"claude-sonnet-4-5","stream":true,"system":"Be brief.",
             "messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"},{"role":"user","content":"Bye"}],
             "parameters":{"maxTokens":4096},"timeoutMs":120000,"maxDurationMs":1800000,"nextSeq":1,"continues":"req_a"}"""),
            new WireExample(new RunTurn(Role.USER, "Hi"), """
            {"role":"user","content":"Hi"}"""),
            new WireExample(new RunPart.Text("Hi"), """
            {"type":"text","text":"Hi"}"""),
            new WireExample(new RunPart.Image("image/png", "iVBORw0KGgo="), """
            {"type":"image","mediaType":"image/png","data":"iVBORw0KGgo="}"""),
            new WireExample(new RunPart.Document("application/pdf", "JVBERi0="), """
            {"type":"document","mediaType":"application/pdf","data":"JVBERi0="}"""),
            new WireExample(new RunPart.ToolCall("toolu_1", "weather", "{\"city\":\"Ulm\"}"), """
            {"type":"tool_call","id":"toolu_1","name":"weather","arguments":"{\\"city\\":\\"Ulm\\"}"}"""),
            new WireExample(new RunPart.ToolResult("toolu_1", RunContent.of("21 C"), true), """
            {"type":"tool_result","callId":"toolu_1","content":"21 C","failed":true}"""),
            new WireExample(
                    new RunParameters(
                            4096,
                            0.2,
                            0.9,
                            List.of("END"),
                            RunEffort.LOW,
                            Map.of("type", "object"),
                            List.of(new RunTool("weather", "Tells it.", Map.of("type", "object"))),
                            new RunToolChoice(Mode.NAMED, "weather"),
                            false),
                    """
            {"maxTokens":4096,"temperature":0.2,"topP":0.9,"stop":["END"],"effort":"low","jsonSchema":{"type":"object"},
             "tools":[{"name":"weather","description":"Tells it.","inputSchema":{"type":"object"}}],
             "toolChoice":{"mode":"named","name":"weather"},"parallelToolCalls":false}"""),
            new WireExample(new RunTool("weather", "Tells it.", Map.of("type", "object")), """
            {"name":"weather","description":"Tells it.","inputSchema":{"type":"object"}}"""),
            new WireExample(new Ping(1767225600000L), """
            {"ts":1767225600000}"""),
            new WireExample(new Replaced("other_instance"), """
            {"by":"other_instance"}"""),
            new WireExample(new Cancel("req_a", CancelReason.CLIENT_DISCONNECTED), """
            {"requestId":"req_a","reason":"client_disconnected"}"""),
            new WireExample(new Drain("deploy", 2000, 120000), """
            {"reason":"deploy","reconnectWithinMs":2000,"deadlineMs":120000}"""),
            new WireExample(new Resumed(List.of(ResumedRun.from("req_a", 17), ResumedRun.gone("req_b"))), """
            {"requests":[{"requestId":"req_a","state":"continue","nextSeq":17},{"requestId":"req_b","state":"gone"}]}"""),
            new WireExample(ResumedRun.from("req_a", 17), """
            {"requestId":"req_a","state":"continue","nextSeq":17}"""),
            new WireExample(new Notice(Notice.Standing.DRAINING, "The laptop is to be updated."), """
            {"standing":"draining","reason":"The laptop is to be updated."}"""),
            new WireExample(
                    new Chunk(
                            "req_a",
                            3L,
                            "Hel",
                            "Hm.",
                            new RunToolCall(0, "c1", "weather", "{\"ci"),
                            new RunUsage(10L, 1L, null, null, null)),
                    """
            {"type":"chunk","requestId":"req_a","seq":3,"content":"Hel","thinking":"Hm.",
             "toolCall":{"index":0,"id":"c1","name":"weather","arguments":"{\\"ci"},
             "usage":{"inputTokens":10,"outputTokens":1}}"""),
            new WireExample(new RunToolCall(0, "c1", "weather", "{}"), """
            {"index":0,"id":"c1","name":"weather","arguments":"{}"}"""),
            new WireExample(new Probe("req_a"), """
            {"type":"probe","requestId":"req_a"}"""),
            new WireExample(new Heartbeat("c_7Qm2", 1, 3), """
            {"type":"heartbeat","connectionId":"c_7Qm2","running":1,"freeSlots":3}"""),
            new WireExample(new Resume(List.of(new RunPosition("req_a", 17))), """
            {"type":"resume","running":[{"requestId":"req_a","nextSeq":17}]}"""),
            new WireExample(new Draining(), """
            {"type":"draining"}"""),
            new WireExample(new RunPosition("req_a", 17), """
            {"requestId":"req_a","nextSeq":17}"""),
            new WireExample(
                    new MessageBatch(List.of(new Chunk("req_a", 1L, "Hel"), new Chunk("req_a", 2L, "lo"))), """
            {"messages":[{"type":"chunk","requestId":"req_a","seq":1,"content":"Hel"},
                         {"type":"chunk","requestId":"req_a","seq":2,"content":"lo"}]}"""),
            new WireExample(
                    new Complete(
                            "req_a",
                            4L,
                            RunFinish.TOOL_CALLS,
                            new RunUsage(10L, 20L, 30L, 40L, 50L),
                            new BigDecimal("0.0123456789012345678"),
                            "claude-sonnet-4-5",
                            "Hello",
                            "END",
                            300000L),
                    """
            {"type":"complete","requestId":"req_a","seq":4,"finishReason":"tool_calls",
             "usage":{"inputTokens":10,"outputTokens":20,"cacheReadTokens":30,"cacheWriteTokens":40,"reasoningTokens":50},
             "costUsd":0.0123456789012345678,"model":"claude-sonnet-4-5","content":"Hello","stopSequence":"END","parkedForMs":300000}"""),
            new WireExample(new RunUsage(10L, 20L, 30L, 40L, 50L), """
            {"inputTokens":10,"outputTokens":20,"cacheReadTokens":30,"cacheWriteTokens":40,"reasoningTokens":50}"""),
            new WireExample(
                    new Failed(
                            "req_a",
                            5L,
                            new RunError(RunErrorCode.RATE_LIMITED, "Try later.", true, 60000L),
                            new RunUsage(10L, 20L, null, null, null)),
                    """
            {"type":"error","requestId":"req_a","seq":5,
             "error":{"code":"rate_limited","message":"Try later.","retryable":true,"retryAfterMs":60000},
             "usage":{"inputTokens":10,"outputTokens":20}}"""),
            new WireExample(new RunError(RunErrorCode.RATE_LIMITED, "Try later.", true, 60000L), """
            {"code":"rate_limited","message":"Try later.","retryable":true,"retryAfterMs":60000}"""),
            new WireExample(
                    new Receipt(
                            false, new Receipt.Refusal("unknown_request", "Nobody waits for it."), 18L, false, true),
                    """
            {"ok":false,"error":{"code":"unknown_request","message":"Nobody waits for it."},
             "nextSeq":18,"duplicate":false,"cancelled":true}"""),
            new WireExample(new Receipt.Refusal("unsupported_protocol", "Speak version 1.", List.of(1)), """
            {"code":"unsupported_protocol","message":"Speak version 1.","supported":[1]}"""));

    static Stream<WireExample> all() {
        return ALL.stream();
    }

    static WireExample of(Class<? extends Record> type) {
        return all().filter(example -> type.isInstance(example.value))
                .findFirst()
                .orElseThrow();
    }

    /** As its receiver reads it: a message of an agent, or a part of one, says itself which one it is. */
    Object read(String other) {
        return Wire.read(other, readAs());
    }

    private Class<?> readAs() {
        return Stream.of(AgentMessage.class, RunPart.class)
                .filter(family -> family.isInstance(value))
                .findFirst()
                .orElse(value.getClass());
    }

    Stream<Field> fields() {
        return Stream.of(value.getClass().getRecordComponents()).map(component -> new Field(this, component));
    }

    @Override
    public String toString() {
        return value.getClass().getSimpleName();
    }

    /** One field of one record. */
    record Field(WireExample example, RecordComponent component) {

        String name() {
            return component.getName();
        }

        boolean isOptional() {
            return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        }

        @Nullable
        Object in(Record value) {
            try {
                return component.getAccessor().invoke(value);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(e.getMessage(), e);
            }
        }

        @Override
        public String toString() {
            return example + "." + name();
        }
    }
}
