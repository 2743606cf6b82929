package dev.codewise.proxy.admin;

import dev.codewise.proxy.home.Secret;
import dev.codewise.proxy.settings.Settings;
import dev.codewise.proxy.web.HttpFailure;
import dev.codewise.proxy.web.RequestRefused;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A JSON merge patch (RFC 7396) of the settings: what it names changes, null takes it back, and the rest stays. */
final class SettingsPatch {

    private static final String VERSION = "version";
    private static final String KEY = SettingsTable.ANTHROPIC_API_KEY;
    private static final Pattern KEY_FORM = Pattern.compile("[!-~]{1,500}");

    private final ObjectNode patch;
    private final SettingsText text;
    private final Validator validator;

    SettingsPatch(JsonNode body, SettingsText text, Validator validator) {
        if (!(body instanceof ObjectNode patch)) {
            throw new RequestRefused(HttpStatus.BAD_REQUEST, "The body must be a JSON object.");
        }
        this.patch = patch;
        this.text = text;
        this.validator = validator;
        refuseOthers();
    }

    /** A field that is not known may be meant to protect something, so it is not read over. */
    private void refuseOthers() {
        Set<String> known = new TreeSet<>(text.tree(Settings.NONE).propertyNames());
        known.add(KEY);
        known.add(VERSION);
        patch.propertyNames().stream()
                .filter(field -> !known.contains(field))
                .findFirst()
                .ifPresent(field -> {
                    throw wrong(field, "is no setting: there are " + String.join(", ", known));
                });
    }

    int version() {
        JsonNode version = patch.path(VERSION);
        if (!version.isInt()) {
            throw wrong(
                    VERSION, "must be the version of the settings that you have seen, so that nobody's change is lost");
        }
        return version.asInt();
    }

    boolean namesKey() {
        return patch.has(KEY);
    }

    /** Nothing where it is to be forgotten. */
    @Nullable
    Secret key() {
        JsonNode key = patch.path(KEY);
        if (key.isNull()) {
            return null;
        }
        if (!key.isString() || !KEY_FORM.matcher(key.asString()).matches()) {
            throw wrong(
                    KEY,
                    "must be the key alone, without blanks, or null for ANTHROPIC_API_KEY; leave it out to keep it");
        }
        return Secret.of(key.asString());
    }

    Settings appliedTo(Settings before) {
        ObjectNode merged = text.tree(before);
        patch.propertyStream()
                .filter(field -> !Set.of(KEY, VERSION).contains(field.getKey()))
                .forEach(field -> merged.set(field.getKey(), field.getValue()));
        return checked(merged);
    }

    private Settings checked(ObjectNode merged) {
        Settings settings = read(merged);
        validator.validate(settings).stream()
                .min(Comparator.comparing(SettingsPatch::field))
                .ifPresent(violation -> {
                    throw wrong(field(violation), violation.getMessage());
                });
        return settings;
    }

    private static String field(ConstraintViolation<Settings> violation) {
        return violation.getPropertyPath().toString();
    }

    private Settings read(ObjectNode merged) {
        try {
            return text.read(merged);
        } catch (JacksonException e) {
            String field = e.getPath().stream()
                    .map(step -> String.valueOf(step.getPropertyName()))
                    .collect(Collectors.joining("."));
            throw wrong(field, rule(field));
        }
    }

    /** The same words as for a value of the right kind that is out of bounds. */
    private String rule(String field) {
        var constraints = validator.getConstraintsForClass(Settings.class).getConstraintsForProperty(field);
        return constraints == null
                ? "has a value of the wrong kind"
                : constraints.getConstraintDescriptors().iterator().next().getMessageTemplate();
    }

    /** For the audit: values, but of a secret only that it was touched. */
    String told() {
        return patch.propertyStream()
                .filter(field -> !field.getKey().equals(VERSION))
                .map(field -> field.getKey() + " " + told(field.getKey(), field.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String told(String field, JsonNode value) {
        if (field.equals(KEY)) {
            return value.isNull() ? "taken back" : "set";
        }
        return value.toString();
    }

    private static RequestRefused wrong(String field, String rule) {
        return new RequestRefused(
                new HttpFailure(HttpStatus.BAD_REQUEST, "\"" + field + "\" " + rule + ".").withField(field));
    }
}
