package dev.codewise.proxy.anthropic;

import dev.codewise.proxy.claude.ClaudePassThrough.Delivery;
import dev.codewise.proxy.web.JsonFailure;
import dev.codewise.proxy.web.RequestRefused;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The name of the model in a body, and its place there, so that it alone can be replaced. Of all the rest is read only how the
 * answer is wanted.
 */
record AskedModel(String name, int from, int to, Wanted wanted) {

    /** How the answer is wanted: in one piece or as a stream, and how long at most. */
    record Wanted(Delivery delivery, @Nullable Integer mostTokens) {

        private static final Wanted NOTHING_ELSE = new Wanted(Delivery.IN_ONE_PIECE, null);

        private Wanted and(String field, JsonParser value) {
            return switch (field) {
                case "stream" ->
                    value.currentToken() == JsonToken.VALUE_TRUE ? new Wanted(Delivery.AS_STREAM, mostTokens) : this;
                case "max_tokens" ->
                    value.currentToken() == JsonToken.VALUE_NUMBER_INT ? new Wanted(delivery, clamped(value)) : this;
                default -> this;
            };
        }

        /** What is beyond a number of this kind the API has to refuse; here it is only much. */
        private static int clamped(JsonParser value) {
            return (int) Math.max(0, Math.min(value.getDoubleValue(), Integer.MAX_VALUE));
        }
    }

    private static final int LONGEST = 256;
    private static final int MOST_LEVELS = 10_000;
    private static final StreamReadConstraints UNLIMITED_BUT_FOR_LEVELS = StreamReadConstraints.builder()
            .maxNestingDepth(MOST_LEVELS)
            .maxNameLength(Integer.MAX_VALUE)
            .maxStringLength(Integer.MAX_VALUE)
            .maxNumberLength(Integer.MAX_VALUE)
            .build();

    /** Reads to the end: of a body that is no JSON, or that names two models, nobody could say what it asks. */
    static AskedModel in(byte[] body) {
        try (JsonParser parser = reader().createParser(ObjectReadContext.empty(), body)) {
            return find(parser).filter(model -> model.isIn(body)).orElseThrow(AskedModel::missing);
        } catch (JacksonException e) {
            throw new RequestRefused(JsonFailure.of(e));
        }
    }

    /**
     * One for each body, for it would keep names that it has seen. What is wrong with what passes word for word its receiver has to
     * say; here nothing is built of it, and only levels cost memory.
     */
    static JsonFactory reader() {
        return JsonFactory.builder()
                .streamReadConstraints(UNLIMITED_BUT_FOR_LEVELS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    private static Optional<AskedModel> find(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return Optional.empty();
        }
        AskedModel found = null;
        Wanted wanted = Wanted.NOTHING_ELSE;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            found = "model".equals(field) ? value(parser) : found;
            wanted = wanted.and(field, parser);
            parser.skipChildren();
        }
        return parser.nextToken() == null ? Optional.ofNullable(found).map(as(wanted)) : Optional.empty();
    }

    private static @Nullable AskedModel value(JsonParser parser) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            return null;
        }
        int from = (int) parser.currentTokenLocation().getByteOffset();
        String name = parser.getString();
        int to = (int) parser.currentLocation().getByteOffset();
        return name.isBlank() || name.length() > LONGEST ? null : new AskedModel(name, from, to, Wanted.NOTHING_ELSE);
    }

    private static UnaryOperator<AskedModel> as(Wanted wanted) {
        return model -> new AskedModel(model.name, model.from, model.to, wanted);
    }

    /** In another encoding than UTF-8 the places would be others. */
    private boolean isIn(byte[] body) {
        return from > 0 && to <= body.length && body[from] == '"' && body[to - 1] == '"';
    }

    private static RequestRefused missing() {
        return new RequestRefused(
                HttpStatus.BAD_REQUEST, "model: must be the name of a model, as a string, in a body of UTF-8.");
    }

    /** The same bytes, but for the name. */
    byte[] replacedIn(byte[] body, String other) {
        if (other.equals(name)) {
            return body;
        }
        var replaced = new ByteArrayOutputStream(body.length + other.length());
        replaced.write(body, 0, from + 1);
        replaced.writeBytes(other.getBytes(StandardCharsets.UTF_8));
        replaced.write(body, to - 1, body.length - to + 1);
        return replaced.toByteArray();
    }
}
