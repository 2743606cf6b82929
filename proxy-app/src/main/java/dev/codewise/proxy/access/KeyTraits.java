package dev.codewise.proxy.access;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an operator can change of a key. */
record KeyTraits(
        String name,
        List<String> scopes,
        List<String> models,
        @Nullable Instant expiresAt,
        KeyLimits limits) {

    static final List<String> USUAL_SCOPES = List.of(Scope.COMPLETIONS.wireName());

    KeyTraits {
        scopes = List.copyOf(scopes);
        models = List.copyOf(models);
    }

    static KeyTraits of(ApiKey key) {
        return new KeyTraits(
                key.name(),
                key.scopes(),
                key.models(),
                key.expiresAt(),
                key.limits() == null ? KeyLimits.NONE : key.limits());
    }

    /** Of a new key. */
    static KeyTraits of(KeyForm form, Instant now) {
        return new KeyTraits(
                form.name("name"),
                form.has("scopes") ? form.scopes() : USUAL_SCOPES,
                form.models(),
                form.expiresAt(now),
                form.limits(KeyLimits.NONE));
    }

    /** With what the form says, and otherwise as they were. */
    KeyTraits with(KeyForm form, Instant now) {
        return new KeyTraits(
                form.has("name") ? form.name("name") : name,
                form.has("scopes") ? form.scopes() : scopes,
                form.has("models") ? form.models() : models,
                form.has("expiresAt") ? form.expiresAt(now) : expiresAt,
                form.limits(limits));
    }

    @Override
    public String toString() {
        return "\"" + name + "\" for " + String.join(" ", scopes)
                + (models.isEmpty() ? "" : " at " + String.join(" ", models))
                + (expiresAt == null ? "" : " until " + expiresAt)
                + (limits.areNone() ? "" : ", " + limits);
    }
}
