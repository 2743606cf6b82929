package dev.codewise.proxy.admin;

import dev.codewise.proxy.admin.SettingsRow.Sealed;
import dev.codewise.proxy.home.Secret;
import dev.codewise.proxy.pulse.Pulse;
import dev.codewise.proxy.settings.LiveSettings;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Looks twice a second whether the settings have changed, so that they hold on every proxy of the database a second later. */
final class SettingsWatch {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsWatch.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(5);
    private static final int NEVER_SEEN = -1;

    private final SettingsTable table;
    private final SettingsText text;
    private final SecretKeeper secrets;
    private final LiveSettings live;
    private volatile int seen = NEVER_SEEN;

    SettingsWatch(SettingsTable table, SettingsText text, SecretKeeper secrets, LiveSettings live) {
        this.table = table;
        this.text = text;
        this.secrets = secrets;
        this.live = live;
    }

    Pulse pulse() {
        return Pulse.every(PAUSE, "to read the settings", () -> refresh().timeout(LONGEST_STATEMENT));
    }

    /** Also called where they were changed here, so that the change holds at once. */
    Mono<Void> refresh() {
        return table.version().filter(version -> version != seen).flatMap(version -> read());
    }

    private Mono<Void> read() {
        return table.read()
                .flatMap(row -> opened(row.anthropicApiKey())
                        .doOnNext(key -> hold(row, key.orElse(null)))
                        .then());
    }

    private void hold(SettingsRow row, @Nullable Secret key) {
        live.replace(text.read(row.chosen()), key);
        if (row.anthropicApiKey() != null && key == null) {
            LOG.error("The Anthropic API key in the settings was encrypted with another key than this proxy has, and is"
                    + " not used; ANTHROPIC_API_KEY holds, where it is set. Nothing was changed: start with the"
                    + " CODEWISE_SECRET_KEY that it was set with, or with the file secret-key of that CODEWISE_HOME,"
                    + " or set the key anew with PATCH /api/settings");
        }
        seen = row.version();
    }

    private Mono<Optional<Secret>> opened(@Nullable Sealed sealed) {
        return sealed == null
                ? Mono.just(Optional.empty())
                : secrets.box()
                        .map(box -> box.open(SettingsTable.ANTHROPIC_API_KEY, sealed.text()))
                        .onErrorReturn(Optional.empty());
    }
}
