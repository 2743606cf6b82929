package dev.codewise.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.CapturedLog;
import dev.codewise.proxy.database.TestDatabase;
import dev.codewise.proxy.home.CodewiseHome;
import dev.codewise.proxy.home.Secret;
import dev.codewise.proxy.settings.LiveSettings;
import io.r2dbc.spi.ConnectionFactories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of a secret in the database, for a proxy with and without the key that it was sealed with. */
class SecretKeyTest {

    private static final String NAME = SettingsTable.ANTHROPIC_API_KEY;

    private static TestDatabase database;
    private static SettingsTable table;

    @TempDir
    Path home;

    @TempDir
    Path otherHome;

    private final LiveSettings live = new LiveSettings();

    @BeforeAll
    static void migrate() {
        database = TestDatabase.migrated();
        table = new SettingsTable(DatabaseClient.create(ConnectionFactories.get("r2dbc:" + database.url())));
    }

    @Test
    void makesAKeyAtFirstNeedAndKeepsItForItsOwnerAlone() throws IOException {
        sealWith(keeper(null, home));

        Path file = home.resolve("secret-key");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        refresh(keeper(null, home));
        assertThat(live.anthropicApiKey())
                .isNotNull()
                .extracting(Secret::reveal)
                .isEqualTo("sk-ant-canary");
    }

    @Test
    void needsNoHomeWhereThereIsNothingToKeep() {
        database.execute("delete from setting_secret");

        refresh(keeper(null, home));

        assertThat(home).isEmptyDirectory();
    }

    @Test
    void saysWhatToDoWithoutTheRightKeyAndDestroysNothing() {
        database.execute("update setting set chosen = '{\"queueLimit\":4}', version = version + 1");
        sealWith(keeper(Secret.of(SecretBoxTest.KEY), home));
        String sealed = database.value("select sealed from setting_secret");

        try (var log = CapturedLog.of(SettingsWatch.class)) {
            refresh(keeper(null, otherHome));

            assertThat(log.lines()).singleElement().asString().contains("CODEWISE_SECRET_KEY", "PATCH /api/settings");
        }
        assertThat(live.anthropicApiKey()).isNull();
        assertThat(live.now().queueLimit()).isEqualTo(4);
        assertThat(database.value("select sealed from setting_secret")).isEqualTo(sealed);

        refresh(keeper(Secret.of(SecretBoxTest.KEY), home));
        assertThat(live.anthropicApiKey()).isNotNull();
    }

    private static SecretKeeper keeper(@Nullable Secret given, Path folder) {
        return new SecretKeeper(given, new CodewiseHome(folder));
    }

    private static void sealWith(SecretKeeper keeper) {
        keeper.box()
                .flatMap(box -> table.seal(NAME, box.seal(NAME, Secret.of("sk-ant-canary"))))
                .block();
    }

    private void refresh(SecretKeeper keeper) {
        new SettingsWatch(table, new SettingsText(new JsonMapper()), keeper, live)
                .refresh()
                .block();
    }
}
