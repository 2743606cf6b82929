package dev.codewise.proxy.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.probe.RawHttp;
import dev.codewise.proxy.ProxyProcess;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar's words beside a proxy that runs on its embedded database, and where none does. */
@Tag("long")
class ShellIT {

    private static final String OPERATOR = "an-operators-own-key-4711";

    @TempDir
    Path home;

    @Test
    void makesAndRevokesKeysOfAProxyThatRunsOnItsEmbeddedDatabase() throws Exception {
        String key;
        try (var proxy = ProxyProcess.run(home, Map.of("CODEWISE_API_KEY", OPERATOR))) {
            proxy.awaitStart();
            var http = new RawHttp(proxy.url().getPort());

            key = typed("keys", "create", "--name", "ci", "--owner", "alice")
                    .lines()
                    .filter(line -> line.startsWith("cwk_"))
                    .findFirst()
                    .orElseThrow();
            await().until(() -> models(http, key) == 200);
            assertThat(typed("keys", "list")).contains("alice");
            assertThat(http.get("/api/admin/audit", "Authorization: Bearer " + OPERATOR)
                            .body())
                    .contains("key.made", "shell/" + System.getProperty("user.name"));

            typed("keys", "revoke", key.split("_", -1)[1]);
            await().until(() -> models(http, key) == 401);
            assertThat(proxy.isAlive()).isTrue();
        }

        assertThat(typed("keys", "list", "--all")).contains("alice", "revoked");
    }

    @Test
    void makesTheFirstKeyBeforeAnyProxyHasRun() throws Exception {
        String key = typed("keys", "create", "--name", "first", "--owner", "alice")
                .lines()
                .filter(line -> line.startsWith("cwk_"))
                .findFirst()
                .orElseThrow();

        try (var proxy = ProxyProcess.run(home, Map.of("BIND_ADDRESS", "127.0.0.1"))) {
            proxy.awaitStart();
            var http = new RawHttp(proxy.url().getPort());

            await().until(() -> models(http, key) == 200);
            assertThat(http.get("/v1/models").status()).isEqualTo(401);
        }
    }

    private static int models(RawHttp http, String key) {
        return http.get("/v1/models", "Authorization: Bearer " + key).status();
    }

    private String typed(String... words) throws InterruptedException {
        try (var shell = ProxyProcess.run(home, Map.of(), words)) {
            assertThat(shell.awaitEnd()).as(shell.output()).isZero();
            return shell.output();
        }
    }
}
