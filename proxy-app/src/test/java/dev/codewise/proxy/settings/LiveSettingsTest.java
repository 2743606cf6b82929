package dev.codewise.proxy.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveSettingsTest {

    private static final Duration OF_ENVIRONMENT = Duration.ofDays(30);

    private final LiveSettings settings = new LiveSettings();

    @Test
    void keepsEverythingUntilItIsKnownWhatWasChosen() {
        Duration unknown = kept();
        settings.replace(choosing(null), null);
        Duration nothingChosen = kept();
        settings.replace(choosing(Duration.ofDays(90)), null);

        assertThat(unknown).isGreaterThan(Duration.ofDays(30_000));
        assertThat(nothingChosen).isEqualTo(OF_ENVIRONMENT);
        assertThat(kept()).isEqualTo(Duration.ofDays(90));
    }

    @Test
    void knowsThatNothingIsChosenWhereNobodyCanChoose() {
        assertThat(LiveSettings.none().keepsLedger(OF_ENVIRONMENT)).hasValue(OF_ENVIRONMENT);
        assertThat(new LiveSettings().keepsLedger(OF_ENVIRONMENT)).isEmpty();
    }

    private Duration kept() {
        return settings.keepsResponses(OF_ENVIRONMENT);
    }

    private static Settings choosing(@Nullable Duration retention) {
        return new Settings(null, null, null, null, null, null, retention, null);
    }
}
