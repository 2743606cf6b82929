package dev.codewise.proxy.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.probe.ProbeProxy;
import dev.codewise.probe.RawHttp.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GuessingTest {

    private static ProbeProxy proxy;

    @BeforeAll
    static void open() {
        proxy = ProbeProxy.start(
                "codewise.access.api-key=" + ProbeProxy.API_KEY, "codewise.access.trusted-proxies=127.0.0.1");
    }

    @AfterAll
    static void close() {
        proxy.close();
    }

    @Test
    void hasToWaitAfterTenFailuresWhileValidCredentialsPass() {
        for (int i = 0; i < 5; i++) {
            assertThat(knock("/v1/models", "1.1.1.1", "wrong").status()).isEqualTo(401);
            assertThat(knock("/api/agent/connect", "1.1.1.1", "wrong").status()).isEqualTo(401);
        }

        Reply client = knock("/v1/models", "1.1.1.1", "wrong");
        Reply agent = knock("/api/agent/connect", "1.1.1.1", "wrong");

        assertThat(client.status()).isEqualTo(429);
        assertThat(Integer.parseInt(client.header("Retry-After").orElseThrow())).isBetween(1, 60);
        assertThat(client.bodyWithoutId()).isEqualTo(agent.bodyWithoutId()).contains("Too many wrong credentials");
        assertThat(agent.status()).isEqualTo(429);
        assertThat(knock("/v1/models", "1.1.1.1", ProbeProxy.API_KEY).status()).isEqualTo(200);
        assertThat(knock("/api/agent/connect", "1.1.1.1", ProbeProxy.AGENT_SECRET)
                        .status())
                .isEqualTo(200);
        assertThat(knock("/v1/models", "1.1.1.2", "wrong").status()).isEqualTo(401);
    }

    @Test
    void isNotWhatAClientWithoutACredentialDoes() {
        for (int i = 0; i < 20; i++) {
            assertThat(proxy.http()
                            .get("/v1/models", "X-Forwarded-For: 2.2.2.2")
                            .status())
                    .isEqualTo(401);
        }
    }

    private static Reply knock(String path, String address, String credential) {
        return proxy.http().get(path, "X-Forwarded-For: " + address, "Authorization: Bearer " + credential);
    }
}
