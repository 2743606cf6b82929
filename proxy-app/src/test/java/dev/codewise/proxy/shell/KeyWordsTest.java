package dev.codewise.proxy.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.database.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator with a shell does with keys. */
class KeyWordsTest {

    private static TestDatabase database;

    @BeforeAll
    static void migrate() {
        database = TestDatabase.migrated();
    }

    @Test
    void makesAKeyThatIsAllThereIsForAScript() {
        var made =
                Words.typed(database, "keys", "create", "--name", "ci", "--owner", "alice", "--scope", "completions");

        assertThat(made.exitCode()).isZero();
        assertThat(made.out()).matches("cwk_[0-9a-f]{12}_[A-Za-z0-9_-]{43}");
        assertThat(made.err()).contains("ci, of alice, for completions").doesNotContain(made.out());
        assertThat(database.value("select action || ' ' || subject from audit_entry where actor = 'shell/"
                        + System.getProperty("user.name") + "' and subject = '" + id(made.out()) + "'"))
                .isEqualTo("key.made " + id(made.out()));
    }

    @Test
    void tellsAProgramTheSameAsTheAdminApi() {
        var made = Words.typed(
                database,
                "keys",
                "create",
                "--json",
                "--name",
                "wide",
                "--owner",
                "bob",
                "--scope",
                "admin,agents:read",
                "--expires-at",
                "2099-12-31T00:00:00Z");

        assertThat(made.err()).isEmpty();
        assertThat(made.json().propertyNames())
                .containsExactlyInAnyOrder(
                        "key", "id", "owner", "name", "scopes", "models", "createdAt", "expiresAt", "version");
        assertThat(made.json().path("scopes").toString()).isEqualTo("[\"admin\",\"agents:read\"]");
        assertThat(made.json().path("expiresAt").asString()).isEqualTo("2099-12-31T00:00:00Z");
    }

    @Test
    void listsKeysOneBelowTheOther() {
        Words.typed(database, "keys", "create", "--name", "a", "--owner", "carol");
        Words.typed(database, "keys", "create", "--name", "a long name", "--owner", "c");

        var listed = Words.typed(database, "keys", "list");

        var lines = listed.out().lines().toList();
        assertThat(lines.get(0)).startsWith("ID            OWNER").endsWith("STATE");
        assertThat(lines)
                .allSatisfy(line -> assertThat(line.indexOf("  ")).as(line).isIn(2, 12));
        assertThat(lines)
                .filteredOn(line -> line.contains("carol"))
                .singleElement()
                .asString()
                .contains("  a  ", "good");
    }

    @Test
    void revokesAKeyAndListsItNoMore() {
        String id = id(Words.typed(database, "keys", "create", "--name", "lost", "--owner", "dave")
                .out());

        var revoked = Words.typed(database, "keys", "revoke", id);

        assertThat(revoked.out()).isEqualTo("Key " + id + " (lost, of dave) is revoked.");
        assertThat(Words.typed(database, "keys", "list").out()).doesNotContain(id);
        assertThat(Words.typed(database, "keys", "list", "--all").out()).containsPattern(id + ".* revoked");
        assertThat(database.value(
                        "select count(*) from audit_entry where action = 'key.revoked' and subject = '" + id + "'"))
                .isEqualTo("1");
    }

    @Test
    void renewsAKey() {
        String first = Words.typed(database, "keys", "create", "--name", "turns", "--owner", "erin")
                .out();

        var second = Words.typed(database, "keys", "rotate", id(first), "--overlap-hours", "2");

        assertThat(second.out()).startsWith("cwk_" + id(first)).isNotEqualTo(first);
        assertThat(second.err()).contains("2 more hours");
        assertThat(database.value("select count(*) from api_key_secret where key_id = '" + id(first) + "'"))
                .isEqualTo("2");
    }

    @Test
    void saysWhatIsWrongWithAKeyAsTheAdminApiDoes() {
        var wrong = Words.typed(database, "keys", "create", "--name", "x", "--owner", "a", "--scope", "root");

        assertThat(wrong.exitCode()).isEqualTo(Shell.NOT_DONE);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err()).contains("\"scopes\" must be a list of at least one of completions");
        assertThat(Words.typed(database, "keys", "revoke", "000000000000").err())
                .contains("There is no such key.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "frobnicate",
                "keys",
                "keys frobnicate",
                "keys create",
                "keys list --frobnicate",
                "keys revoke",
                "keys rotate 1 --overlap-hours 721",
                "keys rotate 1 --overlap-hours soon"
            })
    void showsHowItIsUsedToWhoUsesItWrongly(String line) {
        var wrong = Words.typed(database, line.isEmpty() ? new String[0] : line.split(" ", -1));

        assertThat(wrong.exitCode()).isEqualTo(Shell.WRONG_USE);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err()).contains("Usage: java -jar codewise-proxy.jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "keys --help", "keys create --help", "keys list -h", "keys revoke --help"})
    void helps(String line) {
        var help = Words.typed(Map.of(), line.split(" ", -1));

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("Usage: java -jar codewise-proxy.jar");
        assertThat(help.err()).isEmpty();
    }

    @Test
    void saysWhyTheDatabaseDoesNotDoIt() {
        assertThat(Words.typed(Map.of("DATABASE_URL", "postgresql://a:hidden@127.0.0.1:1/x"), "keys", "list")
                        .err())
                .contains("(postgresql://127.0.0.1:1/x as a) does not answer", "correct DATABASE_URL")
                .doesNotContain("hidden");
        assertThat(Words.typed(Map.of("DATABASE_URL", database.url() + "_not"), "keys", "list")
                        .err())
                .contains("does not exist");
        assertThat(Words.typed(TestDatabase.fresh(), "keys", "list").err())
                .contains("are not those of this version", "migrate");
        assertThat(Words.typed(Map.of("DATABASE_URL", "somewhere"), "keys", "list")
                        .err())
                .contains("It must look like postgresql://");
    }

    private static String id(String key) {
        return key.split("_", -1)[1];
    }
}
