package dev.codewise.agent;

import dev.codewise.agent.upload.Poster;
import dev.codewise.agent.upload.Uplink;
import dev.codewise.protocol.Protocol;
import dev.codewise.protocol.ProxyEvent.Connected;
import dev.codewise.protocol.ProxyEvent.Limits;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;

/** Ways to a fake proxy, as they are at level 0 or 1. */
public final class Uplinks {

    public static final String INSTANCE = "0b5a1c2e-8f3d-4c6b-9a7e-5d4c3b2a1f0e";

    private Uplinks() {}

    /** Of level 0, as long as no proxy has said otherwise. */
    public static Uplink to(FakeProxy proxy) {
        return new Uplink(poster(HttpClient.newHttpClient(), proxy));
    }

    public static Poster poster(HttpClient http, FakeProxy proxy) {
        return new Poster(http, proxy.url().resolve(Protocol.RESPONSE_PATH), "a-secret-of-tests", "laptop-1", INSTANCE);
    }

    /** As a proxy of level 1 greets. */
    public static Connected greeting(Duration heartbeat, Duration resumeWindow) {
        return new Connected(
                "laptop-1",
                "c_1",
                1,
                Instant.EPOCH,
                30_000,
                120_000,
                new Limits(1, 1, 1),
                false,
                heartbeat.toMillis(),
                resumeWindow.toMillis());
    }
}
