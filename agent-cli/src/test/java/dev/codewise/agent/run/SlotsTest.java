package dev.codewise.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.agent.FakeProxy;
import dev.codewise.agent.Uplinks;
import dev.codewise.agent.claude.Claude;
import dev.codewise.agent.run.Slots.Taking;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlotsTest {

    private static final Duration MOMENT = Duration.ofMillis(20);

    private final Slots slots = new Slots(1, MOMENT);
    private FakeProxy proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = FakeProxy.start();
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    @Test
    void areWaitedForByAsManyAsThereAreButNotForLong() throws InterruptedException {
        assertThat(List.of(take("req_1"), take("req_2"), take("req_3")))
                .containsExactly(Taking.TAKEN, Taking.TAKEN, Taking.FULL);

        assertThat(slots.awaitPlace("req_1")).isTrue();
        assertThat(slots.awaitPlace("req_2")).isFalse();
        assertThat(slots.free()).isZero();
    }

    @Test
    void goToWhoWaitsWhenTheyAreLeft() throws InterruptedException {
        take("req_1");
        take("req_2");

        slots.free("req_1");

        assertThat(slots.awaitPlace("req_2")).isTrue();
        assertThat(take("req_2")).isEqualTo(Taking.KNOWN);
    }

    private Taking take(String requestId) {
        var claude = new Claude("claude", Map.of());
        var request = Requests.request(requestId, Requests.user("Hi"));
        return slots.take(requestId, new Run(request, claude, new Prompts(List.of()), Uplinks.to(proxy), new Nobody()));
    }

    private static final class Nobody implements RunListener {

        @Override
        public void started(String requestId, String model) {}

        @Override
        public void retrying(String requestId, int attempt, int status) {}

        @Override
        public void ended(String requestId, RunEnd end) {}
    }
}
