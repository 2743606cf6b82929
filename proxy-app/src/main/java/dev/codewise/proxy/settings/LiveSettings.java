package dev.codewise.proxy.settings;

import dev.codewise.proxy.home.Secret;
import org.jspecify.annotations.Nullable;

/** The settings that hold just now: none until the database has told them, and otherwise what it told last. */
public final class LiveSettings {

    private record Told(Settings settings, @Nullable Secret anthropicApiKey) {}

    private volatile Told told = new Told(Settings.NONE, null);

    public Settings now() {
        return told.settings();
    }

    /** The key of the operator's account at the Claude API, where it was set here. */
    public @Nullable Secret anthropicApiKey() {
        return told.anthropicApiKey();
    }

    public void replace(Settings settings, @Nullable Secret anthropicApiKey) {
        told = new Told(settings, anthropicApiKey);
    }
}
