package dev.codewise.proxy.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The settings as the database has them: in JSON, and the one secret sealed. */
record SettingsRow(
        int version,
        String chosen,
        Instant changedAt,
        @Nullable Sealed anthropicApiKey) {

    /** A secret that nobody can read without the key. */
    record Sealed(String text, Instant changedAt) {}
}
