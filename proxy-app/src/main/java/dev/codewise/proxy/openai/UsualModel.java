package dev.codewise.proxy.openai;

import dev.codewise.proxy.settings.LiveSettings;
import org.jspecify.annotations.Nullable;

/** The model of requests that name none, where the operator has chosen one. */
public final class UsualModel {

    private final LiveSettings settings;

    UsualModel(LiveSettings settings) {
        this.settings = settings;
    }

    /** What was asked for, or else that. */
    public @Nullable String or(@Nullable String asked) {
        return asked == null ? settings.now().defaultModel() : asked;
    }
}
