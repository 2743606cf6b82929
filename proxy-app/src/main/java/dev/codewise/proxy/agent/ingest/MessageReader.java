package dev.codewise.proxy.agent.ingest;

import dev.codewise.protocol.AgentMessage;
import dev.codewise.protocol.MessageBatch;
import dev.codewise.protocol.Protocol;
import dev.codewise.protocol.RunMessage;
import dev.codewise.proxy.agent.ingest.AgentRefusal.Kind;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** Reads the messages of agents from their JSON, and takes nothing for what it is not. */
public final class MessageReader {

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(64)
            .maxNumberLength(64)
            .maxNameLength(256)
            .maxStringLength(Protocol.MAX_MESSAGE_BYTES)
            .build();

    private final JsonMapper json = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(LIMITS).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(LogicalType.Textual, MessageReader::refuseScalars)
            .build();

    private final ObjectReader messages = json.readerFor(AgentMessage.class);
    private final ObjectReader batches = json.readerFor(MessageBatch.class);

    private static void refuseScalars(MutableCoercionConfig text) {
        text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
        text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
        text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }

    /** One message, or several of one run. */
    List<? extends AgentMessage> readPost(byte[] body) {
        String text = Utf8.text(body);
        try {
            return isBatch(text) ? batch(text) : List.of(checked(message(text)));
        } catch (JacksonException e) {
            throw bad(reasonOf(e));
        }
    }

    /** One message of this run, which is one line of a stream of them. */
    RunMessage readLine(String requestId, byte[] line) {
        try {
            return checked(message(Utf8.text(line))).reach(new OfRun(requestId));
        } catch (JacksonException e) {
            throw bad(reasonOf(e));
        }
    }

    private AgentMessage message(String text) {
        return present(messages.readValue(text));
    }

    private List<RunMessage> batch(String text) {
        List<RunMessage> messages =
                MessageReader.<MessageBatch>present(batches.readValue(text)).messages();
        if (messages.isEmpty()) {
            throw bad("it is a batch of nothing");
        }
        if (messages.size() > Protocol.MAX_BATCH_MESSAGES) {
            throw new AgentRefusal(Kind.TOO_LARGE, "A batch has at most " + Protocol.MAX_BATCH_MESSAGES + " messages.");
        }
        var sameRun = new OfRun(messages.get(0).requestId());
        messages.forEach(message -> checked(message).reach(sameRun));
        return messages;
    }

    /** A batch has no type, and names what it holds. */
    private boolean isBatch(String text) {
        try (JsonParser parser = json.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            String name = parser.nextName();
            while (name != null && !name.equals("type") && !name.equals("messages")) {
                parser.nextToken();
                parser.skipChildren();
                name = parser.nextName();
            }
            return "messages".equals(name);
        }
    }

    private static <T extends AgentMessage> T checked(T message) {
        message.reach(new WithinLimits());
        return message;
    }

    private static <T> T present(T value) {
        if (value == null) {
            throw bad("it is null");
        }
        return value;
    }

    /** Our own words where a record refused what it was given; the reader's own would tell of the inside. */
    private static String reasonOf(JacksonException failure) {
        return failure.getCause() instanceof IllegalArgumentException refused
                ? String.valueOf(refused.getMessage())
                : "it is no JSON object of a known \"type\" with fields of the right kind";
    }

    static AgentRefusal bad(String why) {
        return new AgentRefusal(Kind.BAD_MESSAGE, "This is not a message of the protocol: " + why + ".");
    }
}
