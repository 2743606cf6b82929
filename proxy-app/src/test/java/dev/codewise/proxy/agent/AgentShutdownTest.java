package dev.codewise.proxy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.agent.reply.Assignee;
import dev.codewise.proxy.agent.reply.InMemoryReplyChannel;
import dev.codewise.proxy.agent.reply.ReplyChannel;
import dev.codewise.proxy.agent.reply.ReplyChannel.Inbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class AgentShutdownTest {

    private final AgentDirectory directory = new InMemoryAgentDirectory();
    private final ReplyChannel replies = new InMemoryReplyChannel(System::nanoTime);
    private final AgentManager agents = new AgentManager(directory, new CoolDowns(System::nanoTime));
    private final AgentShutdown shutdown = new AgentShutdown(agents, roster(), directory, replies);
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final CompletableFuture<Void> streamEnded = new CompletableFuture<>();

    @BeforeEach
    void anAgentIsConnected() {
        var link = new AgentLink(new AgentProfile("a", null, List.of(), null, null), "c_1", Instant.EPOCH);
        link.events().doOnComplete(() -> streamEnded.complete(null)).subscribe();
        directory.enter(link);
        shutdown.start();
    }

    @Test
    void endsTheStreamsAtOnceWhenNothingRuns() {
        shutdown.stop(() -> stopped.complete(null));

        assertThat(stopped).succeedsWithin(Duration.ofSeconds(5));
        assertThat(streamEnded).isCompleted();
        assertThat(shutdown.isRunning()).isFalse();
    }

    @Test
    void letsRunningAnswersFinishFirst() {
        Inbox running = open();

        shutdown.stop(() -> stopped.complete(null));
        assertThat(streamEnded).isNotDone();
        running.close().toFuture().join();

        assertThat(stopped).succeedsWithin(Duration.ofSeconds(5));
        assertThat(streamEnded).isCompleted();
    }

    @Test
    void letsNobodyInWhileItWaits() {
        var request = new SlotRequest("req-2", "sonnet", Set.of());
        open();
        assertThat(agents.anyCouldTake(request)).isTrue();

        shutdown.stop(() -> stopped.complete(null));

        assertThat(agents.anyCouldTake(request)).isFalse();
        assertThat(agents.claim(request, List.of())).isEmpty();
    }

    @Test
    void doesNotWaitForEver() {
        VirtualTimeScheduler clock = VirtualTimeScheduler.getOrSet();
        try {
            open();

            shutdown.stop(() -> stopped.complete(null));
            clock.advanceTimeBy(Duration.ofMinutes(2).minusMillis(1));
            assertThat(stopped).isNotDone();
            clock.advanceTimeBy(Duration.ofMillis(1));

            assertThat(stopped).isCompleted();
            assertThat(streamEnded).isCompleted();
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    private Roster roster() {
        return new Roster(directory, new StandingOrders(), Duration.ofSeconds(30), System::nanoTime);
    }

    private Inbox open() {
        return replies.open("req-1", new Assignee("a", null)).toFuture().join();
    }
}
