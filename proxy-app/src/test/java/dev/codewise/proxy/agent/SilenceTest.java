package dev.codewise.proxy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.protocol.AgentFeature;
import dev.codewise.proxy.CapturedLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Silent agents, by a clock that is moved. */
@DisplayName("M04, M16: an agent that falls silent is handed nothing new after 45 s, and lost after 60 s")
class SilenceTest {

    private static final LinkProperties TIMES = new LinkProperties(
            Duration.ofSeconds(15),
            Duration.ofSeconds(45),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60));

    private final CapturedLog log = CapturedLog.of(SilenceWatch.class);
    private VirtualTimeScheduler clock = VirtualTimeScheduler.create();

    @BeforeEach
    void timeStandsStill() {
        clock = VirtualTimeScheduler.getOrSet();
    }

    @AfterEach
    void timeGoesOn() {
        VirtualTimeScheduler.reset();
        log.close();
    }

    @Test
    void isSuspectFirstAndThenGone() {
        AgentLink link = connected(Set.of(AgentFeature.HEARTBEAT));

        clock.advanceTimeBy(Duration.ofMillis(44_999));
        assertThat(link.state()).isEqualTo(AgentState.ACTIVE);
        clock.advanceTimeBy(Duration.ofMillis(1));
        assertThat(link.state()).isEqualTo(AgentState.SUSPECT);
        clock.advanceTimeBy(Duration.ofMillis(14_999));
        assertThat(link.state()).isEqualTo(AgentState.SUSPECT);
        clock.advanceTimeBy(Duration.ofMillis(1));
        assertThat(link.state()).isEqualTo(AgentState.GONE);
        assertThat(log.events()).hasSize(2);
    }

    @Test
    void isBackWithItsNextSignOfLife() {
        AgentLink link = connected(Set.of(AgentFeature.HEARTBEAT));

        clock.advanceTimeBy(Duration.ofSeconds(50));
        assertThat(link.signs().heard()).isTrue();
        assertThat(link.state()).isEqualTo(AgentState.ACTIVE);
        clock.advanceTimeBy(Duration.ofSeconds(44));
        assertThat(link.signs().heard()).isFalse();
        clock.advanceTimeBy(Duration.ofSeconds(44));

        assertThat(link.state()).isEqualTo(AgentState.ACTIVE);
    }

    @Test
    void isNoMatterForAnAgentThatHasPromisedNothing() {
        AgentLink link = connected(Set.of());

        clock.advanceTimeBy(Duration.ofHours(1));

        assertThat(link.state()).isEqualTo(AgentState.ACTIVE);
    }

    @Test
    void endsTheRunsOfAnAgentThatStaysAway() {
        AgentLink link = connected(Set.of(AgentFeature.HEARTBEAT));
        var gone = link.gone(TIMES.away()).toFuture();
        var away = link.away().toFuture();

        link.close();
        link.signs().heard();
        assertThat(away).isDone();
        clock.advanceTimeBy(Duration.ofSeconds(20));
        link.signs().heard();
        clock.advanceTimeBy(Duration.ofMillis(29_999));
        assertThat(gone).isNotDone();
        clock.advanceTimeBy(Duration.ofMillis(1));

        assertThat(gone).isDone();
    }

    @Test
    void isForgottenWhenTheAgentIsBackOnAnotherStream() {
        AgentLink link = connected(Set.of(AgentFeature.HEARTBEAT));
        var gone = link.gone(TIMES.away()).toFuture();

        var other = new EventStream("c_2");
        other.events().subscribe();
        link.reconnect(link.profile(), other, Instant.EPOCH);
        clock.advanceTimeBy(Duration.ofMinutes(5));

        assertThat(gone).isNotDone();
        assertThat(link.state()).isEqualTo(AgentState.ACTIVE);
        other.close();
        clock.advanceTimeBy(Duration.ofSeconds(30));
        assertThat(gone).isDone();
    }

    private static AgentLink connected(Set<AgentFeature> features) {
        var profile = new AgentProfile("laptop-1", null, List.of(), null, null, "start-1", features);
        var stream = new EventStream("c_1");
        var link = new AgentLink(
                profile, stream, Instant.EPOCH, () -> Schedulers.parallel().now(TimeUnit.NANOSECONDS));
        stream.events().subscribe();
        new SilenceWatch(TIMES).over(link, stream).subscribe();
        return link;
    }
}
