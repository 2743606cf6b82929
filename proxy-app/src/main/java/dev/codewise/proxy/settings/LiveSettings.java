package dev.codewise.proxy.settings;

import dev.codewise.proxy.home.Secret;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The settings that hold just now: none until the database has told them, and otherwise what it told last. */
public final class LiveSettings {

    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private record Told(Settings settings, @Nullable Secret anthropicApiKey) {}

    private volatile @Nullable Told told;

    /** Of a house without anybody who could choose. */
    public static LiveSettings none() {
        var nobody = new LiveSettings();
        nobody.replace(Settings.NONE, null);
        return nobody;
    }

    public Settings now() {
        Told last = told;
        return last == null ? Settings.NONE : last.settings();
    }

    /** The key of the operator's account at the Claude API, where it was set here. */
    public @Nullable Secret anthropicApiKey() {
        Told last = told;
        return last == null ? null : last.anthropicApiKey();
    }

    /** How long responses are kept: as chosen, or else so, and for ever until it is known what was chosen. */
    public Duration keepsResponses(Duration otherwise) {
        Told last = told;
        return last == null ? FOR_EVER : Settings.or(last.settings().responsesRetention(), otherwise);
    }

    /** How long the ledger is kept, once it is known: what was chosen may be longer, and what is deleted is gone. */
    public Optional<Duration> keepsLedger(Duration otherwise) {
        return Optional.ofNullable(told).map(last -> Settings.or(last.settings().ledgerRetention(), otherwise));
    }

    public void replace(Settings settings, @Nullable Secret anthropicApiKey) {
        told = new Told(settings, anthropicApiKey);
    }
}
