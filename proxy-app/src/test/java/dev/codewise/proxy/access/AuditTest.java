package dev.codewise.proxy.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.codewise.probe.ProbeProxy;
import dev.codewise.proxy.CapturedLog;
import dev.codewise.proxy.database.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is noted of those who change who may come in, and of those who try to. */
class AuditTest {

    private static ProbeProxy proxy;
    private static Admin operator;

    @BeforeAll
    static void open() {
        proxy = ProbeProxy.start(
                "codewise.access.api-key=" + ProbeProxy.API_KEY, "codewise.access.trusted-proxies=127.0.0.1");
        operator = new Admin(proxy.http(), ProbeProxy.API_KEY);
    }

    @AfterAll
    static void close() {
        proxy.close();
    }

    @Test
    void saysWhoDidWhatToAKeyAndFromWhere() {
        var admin = operator.made("{\"name\":\"boss\",\"owner\":\"alice\",\"scopes\":[\"admin\"]}");
        var alice = new Admin(proxy.http(), admin.path("key").asString());
        String id = alice.made("{\"name\":\"ci\",\"owner\":\"bob\"}").path("id").asString();
        alice.send("PATCH", "/" + id, "{\"version\":1,\"name\":\"ci2\"}");
        alice.send("PATCH", "/" + id, "{\"version\":1,\"name\":\"too late\"}");
        alice.send("POST", "/" + id + "/rotate", "");
        alice.send("DELETE", "/" + id, "");
        alice.send("DELETE", "/" + id, "");

        JsonNode page =
                Admin.json(proxy.http().get("/api/admin/audit?limit=4", "Authorization: Bearer " + ProbeProxy.API_KEY));

        assertThat(page.path("entries")
                        .valueStream()
                        .map(entry -> entry.path("action").asString()))
                .containsExactly("key.revoked", "key.renewed", "key.changed", "key.made");
        assertThat(page.path("entries")
                        .valueStream()
                        .map(entry -> entry.path("subject").asString()))
                .containsOnly(id);
        JsonNode oldest = page.path("entries").path(3);
        assertThat(oldest.path("actor").path("name").asString()).isEqualTo("alice");
        assertThat(oldest.path("actor").path("keyId").asString())
                .isEqualTo(admin.path("id").asString());
        assertThat(oldest.path("actor").path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(oldest.path("detail").asString()).isEqualTo("bob, \"ci\" for completions");
        assertThat(page.path("before").asLong()).isEqualTo(oldest.path("id").asLong());
        assertThat(page.toString()).doesNotContain("cwk_");
    }

    @Test
    void notesEachTimeThatAnAddressGuesses() {
        try (var log = CapturedLog.of(LoginBursts.class)) {
            for (var guess = 0; guess < 25; guess++) {
                proxy.http().get("/v1/models", "Authorization: Bearer wrong" + guess, "X-Forwarded-For: 10.9.8.7");
            }

            await().until(() -> count("login.refused").equals("1"));
            assertThat(log.lines()).hasSize(1);
        }
        assertThat(database().value("select address from audit_entry where action = 'login.refused'"))
                .isEqualTo("10.9.8.7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"update audit_entry set actor = 'nobody'", "delete from audit_entry", "truncate audit_entry"})
    void isNotChangedAfterwards(String sql) {
        operator.key("any", "carol");

        assertThatThrownBy(() -> database().execute(sql))
                .rootCause()
                .hasMessageContaining("what was noted is not changed");
    }

    private static String count(String action) {
        return database().value("select count(*) from audit_entry where action = '" + action + "'");
    }

    private static TestDatabase database() {
        return proxy.bean(TestDatabase.class);
    }
}
