package dev.codewise.proxy.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.probe.ProbeProxy;
import dev.codewise.probe.RawHttp.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The management port of a proxy that exposes, by mistake, every endpoint there is. */
class ManagementTest {

    private static ProbeProxy proxy;

    @BeforeAll
    static void open() {
        proxy = ProbeProxy.start("codewise.access.api-key=" + ProbeProxy.API_KEY);
    }

    @AfterAll
    static void close() {
        proxy.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/info", "/actuator/prometheus"})
    void showsItsEndpoints(String path) {
        Reply reply = proxy.management().get(path);

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.header("x-request-id")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator",
                "/actuator/env",
                "/actuator/beans",
                "/actuator/heapdump",
                "/actuator/mappings",
                "/actuator/configprops",
                "/actuator/loggers",
                "/actuator/threaddump",
                "/actuator/nothing",
                "/",
                "/v1/models",
                "/api/health",
                "/cellar",
                "/actuator/health/../env",
                "/actuator//env",
                "/actuator/env/",
                "/actuator/ENV",
                "/actuator/info;/../env",
                "/actuator/%65nv"
            })
    void hidesEverythingElse(String path) {
        Reply reply = proxy.management().get(path, "Authorization: Bearer " + ProbeProxy.API_KEY);

        assertThat(reply.status()).isIn(400, 404);
        assertThat(reply.header("Content-Type")).hasValue("application/problem+json");
        assertThat(reply.text()).doesNotContain("canary", "room");
    }

    @Test
    void changesNothing() {
        Reply reply = proxy.management()
                .post("/actuator/loggers/ROOT", "{\"configuredLevel\":\"DEBUG\"}", "Content-Type: application/json");

        assertThat(reply.status()).isEqualTo(404);
    }
}
