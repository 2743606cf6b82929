package dev.codewise.proxy.access;

import dev.codewise.protocol.Protocol;
import dev.codewise.proxy.web.HttpFailure;
import dev.codewise.proxy.web.RequestRefused;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

/** What an operator has written about a key; what is wrong is told with the field's name and the cure. */
final class KeyForm {

    private static final Pattern NAME =
            Pattern.compile("[\\p{L}\\p{N}](?:[\\p{L}\\p{N} ._@+-]{0,98}[\\p{L}\\p{N}._@+-])?");
    private static final int MOST_MODELS = 100;
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/\\[\\]@-]{0,127}");
    private static final String SCOPES =
            Stream.of(Scope.values()).map(Scope::wireName).collect(Collectors.joining(", "));

    /** The database can hold more, but no reader of its answers would take a longer year. */
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final JsonNode body;

    /** A field that is not one of these may be meant to protect something, so it is not read over. */
    KeyForm(JsonNode body, Set<String> fields) {
        if (!body.isObject()) {
            throw new RequestRefused(HttpStatus.BAD_REQUEST, "The body must be a JSON object.");
        }
        requireKnown("", body, fields);
        this.body = body;
    }

    static void requireKnown(String path, JsonNode body, Set<String> fields) {
        for (String field : body.propertyNames()) {
            if (!fields.contains(field)) {
                throw wrong(
                        path + field,
                        "is no field of this: there are "
                                + fields.stream().sorted().collect(Collectors.joining(", ")));
            }
        }
    }

    boolean has(String field) {
        return body.has(field);
    }

    String name(String field) {
        JsonNode name = body.path(field);
        if (!name.isString() || !NAME.matcher(name.asString()).matches()) {
            throw wrong(field, "must be 1 to 100 letters, digits, blanks or any of . _ @ + -, such as \"alice\"");
        }
        return name.asString();
    }

    String agentId() {
        String id = body.path("agentId").asString("");
        if (!Protocol.isAgentId(id)) {
            throw wrong(
                    "agentId",
                    "must be 1 to 64 letters, digits or any of . _ -, and begin with a letter or digit, such as \"laptop-1\"");
        }
        return id;
    }

    boolean flag(String field) {
        JsonNode flag = body.path(field);
        if (!flag.isBoolean()) {
            throw wrong(field, "must be true or false");
        }
        return flag.asBoolean();
    }

    List<String> scopes() {
        JsonNode scopes = body.path("scopes");
        if (!scopes.isArray() || scopes.isEmpty() || !scopes.valueStream().allMatch(KeyForm::isScope)) {
            throw wrong("scopes", "must be a list of at least one of " + SCOPES);
        }
        return scopes.valueStream().map(JsonNode::asString).distinct().toList();
    }

    /** Nothing where the key may ask every model. */
    List<String> models() {
        JsonNode models = body.path("models");
        if (models.isNull() || models.isMissingNode()) {
            return List.of();
        }
        if (!models.isArray()
                || models.size() > MOST_MODELS
                || !models.valueStream().allMatch(KeyForm::isModel)) {
            throw wrong(
                    "models",
                    "must be a list of at most " + MOST_MODELS
                            + " names of models, such as [\"sonnet\"], or null for every model");
        }
        return models.valueStream().map(JsonNode::asString).distinct().toList();
    }

    private static boolean isModel(JsonNode model) {
        return model.isString() && MODEL.matcher(model.asString()).matches();
    }

    private static boolean isScope(JsonNode scope) {
        return scope.isString() && Scope.of(scope.asString()).isPresent();
    }

    /** Nothing where the key is to be good for ever. */
    @Nullable
    Instant expiresAt(Instant now) {
        JsonNode time = body.path("expiresAt");
        if (time.isNull() || time.isMissingNode()) {
            return null;
        }
        Instant expiresAt = instant(time);
        if (expiresAt.isAfter(LATEST)) {
            throw wrong("expiresAt", "must be before the year 10000, or null for never");
        }
        if (!expiresAt.isAfter(now)) {
            throw wrong("expiresAt", "is in the past");
        }
        return expiresAt;
    }

    private static Instant instant(JsonNode time) {
        try {
            return Instant.parse(time.isString() ? time.asString() : "");
        } catch (DateTimeParseException e) {
            throw wrong("expiresAt", "must be a time such as \"2030-12-31T00:00:00Z\", or null for never");
        }
    }

    /** Those there were, where nothing is said of them. */
    KeyLimits limits(KeyLimits before) {
        return has("limits") ? LimitsForm.read(body.path("limits"), before) : before;
    }

    int version() {
        JsonNode version = body.path("version");
        if (!version.isInt()) {
            throw wrong("version", "must be the version that you have seen, so that nobody's change is lost");
        }
        return version.asInt();
    }

    static RequestRefused wrong(String field, String rule) {
        return new RequestRefused(
                new HttpFailure(HttpStatus.BAD_REQUEST, "\"" + field + "\" " + rule + ".").withField(field));
    }
}
