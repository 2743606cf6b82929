package dev.codewise.proxy.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.probe.ProbeProxy;
import org.junit.jupiter.api.Test;

/** A proxy that stands open, until somebody makes a key. */
class FirstKeyTest {

    @Test
    void asksForAKeyFromTheFirstOneOnEvenWhenItIsRevoked() {
        try (var open = ProbeProxy.start()) {
            var local = new Admin(open.http(), "not-needed-while-it-is-open");
            int before = open.http().get("/v1/models").status();

            var made = local.made("{\"name\":\"first\",\"owner\":\"ivan\",\"scopes\":[\"admin\"]}");
            var admin = new Admin(open.http(), made.path("key").asString());

            assertThat(before).isEqualTo(200);
            assertThat(open.http().get("/v1/models").status()).isEqualTo(401);
            assertThat(open.http().get("/api/health").status()).isEqualTo(200);
            assertThat(admin.send("DELETE", "/" + made.path("id").asString(), "")
                            .status())
                    .isEqualTo(200);
            assertThat(open.http().get("/v1/models").status()).isEqualTo(401);
        }
    }
}
