package dev.codewise.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.agent.FakeProxy;
import dev.codewise.agent.Uplinks;
import dev.codewise.agent.upload.Presence.Load;
import dev.codewise.protocol.ProxyEvent.Connected;
import dev.codewise.protocol.ProxyEvent.Limits;
import dev.codewise.protocol.RunPosition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PresenceTest {

    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final Duration BEAT = Duration.ofMillis(40);
    private static final Duration NO_BEAT = Duration.ofMinutes(1);

    private FakeProxy proxy;
    private Uplink uplink;
    private Presence presence;

    @BeforeEach
    void start() throws IOException {
        proxy = FakeProxy.start().speaksLevel1(BEAT, WINDOW);
        uplink = Uplinks.to(proxy);
        presence = new Presence(uplink, () -> new Load(List.of(new RunPosition("req_1", 17)), 3));
    }

    @AfterEach
    void stop() {
        presence.disconnected();
        proxy.close();
    }

    @Test
    void saysBehindEachConnectionWhatRuns() {
        connect(Uplinks.greeting(NO_BEAT, WINDOW));

        await().until(() -> proxy.ofAgent("resume").size() == 1);
        assertThat(proxy.ofAgent("resume").get(0).path("running"))
                .hasToString("[{\"requestId\":\"req_1\",\"nextSeq\":17}]");
    }

    @Test
    void saysItAgainWhereThatDidNotArrive() {
        proxy.answersPosts(503);

        connect(Uplinks.greeting(NO_BEAT, WINDOW));

        await().until(() -> proxy.ofAgent("resume").size() == 1);
        assertThat(proxy.postHeaders()).hasSize(2);
    }

    @Test
    void beatsWhileThereIsNothingElseToSay() {
        connect(Uplinks.greeting(BEAT, WINDOW));

        await().until(() -> proxy.ofAgent("heartbeat").size() >= 3);
        var beat = proxy.ofAgent("heartbeat").get(0);
        assertThat(beat.path("connectionId").asString()).isEqualTo("c_1");
        assertThat(beat.path("running").asInt()).isEqualTo(1);
        assertThat(beat.path("freeSlots").asInt()).isEqualTo(3);
    }

    @Test
    void beatsNoMoreWithoutAConnection() {
        connect(Uplinks.greeting(BEAT, WINDOW));
        await().until(() -> !proxy.ofAgent("heartbeat").isEmpty());

        presence.disconnected();
        var beats = proxy.ofAgent("heartbeat").size();

        await().pollDelay(BEAT.multipliedBy(4)).until(() -> true);
        assertThat(proxy.ofAgent("heartbeat").size()).isLessThanOrEqualTo(beats + 1);
    }

    @Test
    void saysThatItTakesNoMoreAlsoToAProxyThatCameLater() {
        connect(Uplinks.greeting(NO_BEAT, WINDOW));
        await().until(() -> proxy.ofAgent("resume").size() == 1);

        presence.drain();
        await().until(() -> proxy.ofAgent("draining").size() == 1);
        connect(Uplinks.greeting(NO_BEAT, WINDOW));

        await().until(() -> proxy.ofAgent("draining").size() == 2);
    }

    @Test
    void saysNothingToAProxyOfLevel0() {
        connect(new Connected("laptop-1", "c_1", 1, Instant.EPOCH, 1, 1, new Limits(1, 1, 1)));

        presence.drain();

        await().pollDelay(Duration.ofMillis(100)).until(() -> true);
        assertThat(proxy.postHeaders()).isEmpty();
    }

    private void connect(Connected greeting) {
        uplink.connected(greeting);
        presence.connected(greeting);
    }
}
