package dev.codewise.proxy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.codewise.protocol.ProxyEvent;
import dev.codewise.protocol.RunMessage.Chunk;
import dev.codewise.protocol.RunMessage.Complete;
import dev.codewise.proxy.agent.reply.InMemoryReplyChannel;
import dev.codewise.proxy.agent.reply.Sender;
import dev.codewise.proxy.completion.Answerer;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Feature;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Origins;
import dev.codewise.proxy.completion.Part;
import dev.codewise.proxy.completion.Toolbox;
import dev.codewise.proxy.completion.Toolbox.Choice;
import dev.codewise.proxy.completion.Toolbox.Tool;
import dev.codewise.proxy.completion.Turn;
import dev.codewise.proxy.completion.Wishes;
import dev.codewise.proxy.completion.Wishes.Effort;
import dev.codewise.proxy.completion.Wishes.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The clocks of a run, moved rather than waited for. */
class RemoteAgentProviderTest {

    private static final LinkProperties LINK = new LinkProperties(
            Duration.ofSeconds(15),
            Duration.ofSeconds(45),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60));
    private static final CompletionEvent TAKEN = new Taken(new Answerer("agent", "laptop-1"));

    private final AgentDirectory directory = new InMemoryAgentDirectory();
    private final AgentManager agents = new AgentManager(directory, new CoolDowns(System::nanoTime));
    private final InMemoryReplyChannel replies = new InMemoryReplyChannel(RemoteAgentProviderTest::now);
    private final AgentLink agent = link(new AgentProfile("laptop-1", 1, List.of(), null, null));
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
    void letsAClientReadOnWhereTheAgentHasGoneAfterItsLastWord() {
        StepVerifier.withVirtualTime(() -> answer("120s", "30m"), 1)
                .expectNext(TAKEN)
                .then(() -> says("Hel"))
                .then(() -> says("lo"))
                .then(() -> finishes())
                .then(agent::close)
                .expectNoEvent(Duration.ofSeconds(50))
                .thenRequest(1)
                .expectNext(new Text("Hel"))
                .expectNoEvent(Duration.ofSeconds(50))
                .thenRequest(Long.MAX_VALUE)
                .expectNext(new Text("lo"))
                .expectNextMatches(Finished.class::isInstance)
                .verifyComplete();

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

    @ParameterizedTest
    @MethodSource("whatAgentsCannotTake")
    void refusesWhatNoAgentCanTakeBeforeAnybodyIsAsked(CompletionRequest request, Feature missing) {
        StepVerifier.create(provider("120s", "30m").complete(request))
                .verifyErrorSatisfies(failure -> assertThat((CompletionException) failure)
                        .satisfies(known -> assertThat(known.isFinal()).isFalse())
                        .extracting(CompletionException::missing)
                        .isEqualTo(Optional.of(missing)));

        assertThat(sent).isEmpty();
        assertThatNothingIsLeft();
    }

    static Stream<Arguments> whatAgentsCannotTake() {
        JsonNode anything = new JsonMapper().createObjectNode();
        var tools = new Toolbox(List.of(new Tool("weather", null, anything)), Choice.AUTO, true);
        var call = new Turn(Turn.Role.ASSISTANT, List.of(new Part.ToolCall("c1", "weather", "{}")));
        var result = new Turn(Turn.Role.USER, List.of(new Part.ToolResult("c1", List.of(), false)));
        return Stream.of(
                arguments(asking(Turn.user("Hi")).with(tools), Feature.TOOLS),
                arguments(asking(call), Feature.TOOLS),
                arguments(asking(result), Feature.TOOLS),
                arguments(
                        asking(new Turn(Turn.Role.USER, List.of(new Part.Image("image/png", "AA==")))), Feature.IMAGES),
                arguments(
                        asking(new Turn(Turn.Role.USER, List.of(new Part.Document("application/pdf", "AA==")))),
                        Feature.DOCUMENTS),
                arguments(
                        asking(Turn.user("Hi")).with(new Wishes(null, null, null, List.of(), null, anything)),
                        Feature.SCHEMA));
    }

    @Test
    void saysWhichWishesItDoesNotHeed() {
        var wishes = new Wishes(9, 0.5, 0.9, List.of("END"), Effort.LOW, null);

        StepVerifier.create(
                        provider("120s", "30m").complete(asking(Turn.user("Hi")).with(wishes)))
                .expectNext(new Taken(
                        new Answerer("agent", "laptop-1"),
                        Set.of(Kind.TEMPERATURE, Kind.TOP_P, Kind.STOP, Kind.EFFORT)))
                .thenCancel()
                .verify();
    }

    @Test
    void asksNobodyBeforeItIsSubscribedTo() {
        answer("120s", "30m");

        assertThat(sent).isEmpty();
        assertThatNothingIsLeft();
    }

    private Flux<CompletionEvent> answer(String silence, String longest) {
        return provider(silence, longest).complete(asking(Turn.user("Hi")));
    }

    private static CompletionRequest asking(Turn turn) {
        return new CompletionRequest(Origins.origin("req-1"), "sonnet", null, List.of(turn));
    }

    private RemoteAgentProvider provider(String silence, String longest) {
        directory.enter(agent);
        agent.events().subscribe(sent::add);
        var times = new AgentProperties(
                Duration.parse("PT" + silence),
                Duration.parse("PT" + longest),
                0,
                Duration.ZERO,
                Duration.ofSeconds(30));
        var experience =
                new Experience(new Conversations(), new CoolDowns(System::nanoTime), new ParkedRuns(System::nanoTime));
        return new RemoteAgentProvider(
                new WaitingLine(agents, 0, Duration.ofSeconds(5)), replies, experience, times, LINK);
    }

    private void says(String content) {
        replies.deliver(new Sender("laptop-1", null), new Chunk("req-1", null, content))
                .subscribe();
    }

    private void finishes() {
        replies.deliver(new Sender("laptop-1", null), new Complete("req-1", null, null, null, null, null, null))
                .subscribe();
    }

    private void assertThatNothingIsLeft() {
        assertThat(replies.open()).isZero();
        assertThat(agents.running()).isZero();
    }

    private static AgentLink link(AgentProfile profile) {
        return new AgentLink(profile, new EventStream("c_1"), Instant.EPOCH, RemoteAgentProviderTest::now);
    }

    /** The clock that virtual time moves. */
    private static long now() {
        return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
    }

    private static void assertFailed(Throwable failure, Reason reason, boolean isFinal) {
        assertThat((CompletionException) failure).satisfies(known -> {
            assertThat(known.reason()).isEqualTo(reason);
            assertThat(known.isFinal()).isEqualTo(isFinal);
        });
    }
}
