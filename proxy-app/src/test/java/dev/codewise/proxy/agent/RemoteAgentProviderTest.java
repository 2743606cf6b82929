package dev.codewise.proxy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.protocol.ProxyEvent;
import dev.codewise.protocol.ProxyEvent.RunRequest;
import dev.codewise.protocol.RunMessage.Chunk;
import dev.codewise.proxy.completion.Answerer;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** The clocks of a run, moved rather than waited for. */
class RemoteAgentProviderTest {

    private static final CompletionEvent TAKEN = new Taken(new Answerer("agent", "laptop-1"));

    private final AgentDirectory directory = new InMemoryAgentDirectory();
    private final AgentManager agents = new AgentManager(directory);
    private final InMemoryReplyChannel replies = new InMemoryReplyChannel();
    private final AgentLink agent =
            new AgentLink(new AgentProfile("laptop-1", 1, List.of(), null, null), "c_1", Instant.EPOCH);
    private final List<ProxyEvent> sent = new ArrayList<>();

    @Test
    void givesUpAnAgentThatSaysNothing() {
        StepVerifier.withVirtualTime(() -> answer("120s", "30m"))
                .expectNext(TAKEN)
                .expectNoEvent(Duration.ofMinutes(2).minusMillis(1))
                .thenAwait(Duration.ofMillis(1))
                .verifyErrorSatisfies(failure -> assertFailed(failure, Reason.PROVIDER_TIMED_OUT, false));

        assertThatNothingIsLeft();
    }

    @Test
    void startsTheClockAgainWithEveryMessage() {
        StepVerifier.withVirtualTime(() -> answer("120s", "30m"))
                .expectNext(TAKEN)
                .thenAwait(Duration.ofSeconds(119))
                .then(() -> says("still"))
                .expectNext(new Text("still"))
                .thenAwait(Duration.ofSeconds(119))
                .then(() -> says(""))
                .thenAwait(Duration.ofSeconds(119))
                .then(() -> says("here"))
                .expectNext(new Text("here"))
                .thenAwait(Duration.ofMinutes(2))
                .verifyErrorSatisfies(failure -> assertFailed(failure, Reason.PROVIDER_TIMED_OUT, false));
    }

    @Test
    void endsAnAnswerThatTakesTooLongInAll() {
        StepVerifier.withVirtualTime(() -> answer("120s", "3m"))
                .expectNext(TAKEN)
                .thenAwait(Duration.ofSeconds(100))
                .then(() -> says("one"))
                .expectNext(new Text("one"))
                .thenAwait(Duration.ofSeconds(79))
                .then(() -> says("two"))
                .expectNext(new Text("two"))
                .thenAwait(Duration.ofSeconds(1))
                .expectErrorSatisfies(failure -> assertFailed(failure, Reason.PROVIDER_TIMED_OUT, true))
                .verifyThenAssertThat()
                .hasNotDroppedErrors();

        assertThatNothingIsLeft();
    }

    @Test
    void endsTheRunsOfAnAgentThatIsGoneAndStopsEveryClock() {
        StepVerifier.withVirtualTime(() -> answer("120s", "30m"))
                .expectNext(TAKEN)
                .then(agent::close)
                .expectErrorSatisfies(failure -> assertFailed(failure, Reason.PROVIDER_FAILED, false))
                .verifyThenAssertThat()
                .hasNotDroppedErrors();

        assertThatNothingIsLeft();
    }

    @Test
    void leavesNothingBehindWhenTheClientGoesWhileTheAgentIsSilent() {
        StepVerifier.withVirtualTime(() -> answer("120s", "30m"))
                .expectNext(TAKEN)
                .thenCancel()
                .verify();

        assertThatNothingIsLeft();
    }

    @Test
    void asksNobodyBeforeItIsSubscribedTo() {
        answer("120s", "30m");

        assertThat(sent).isEmpty();
        assertThatNothingIsLeft();
    }

    private Flux<CompletionEvent> answer(String silence, String longest) {
        directory.enter(agent);
        agent.events().subscribe(sent::add);
        var line = new WaitingLine(agents, 0, Duration.ofSeconds(5));
        var times = new AgentProperties(
                Duration.parse("PT" + silence),
                Duration.parse("PT" + longest),
                0,
                Duration.ZERO,
                Duration.ofSeconds(30));
        return new RemoteAgentProvider(line, replies, times)
                .complete(new CompletionRequest("req-1", "sonnet", null, List.of(Turn.user("Hi")), null))
                .doOnNext(event -> assertThat(sent).hasOnlyElementsOfType(RunRequest.class));
    }

    private void says(String content) {
        replies.deliver("laptop-1", new Chunk("req-1", null, content)).subscribe();
    }

    private void assertThatNothingIsLeft() {
        assertThat(replies.open()).isZero();
        assertThat(agents.running()).isZero();
    }

    private static void assertFailed(Throwable failure, Reason reason, boolean isFinal) {
        assertThat((CompletionException) failure).satisfies(known -> {
            assertThat(known.reason()).isEqualTo(reason);
            assertThat(known.isFinal()).isEqualTo(isFinal);
        });
    }
}
