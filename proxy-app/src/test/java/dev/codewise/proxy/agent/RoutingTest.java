package dev.codewise.proxy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.protocol.RunErrorCode;
import dev.codewise.proxy.CapturedLog;
import dev.codewise.proxy.completion.Answerer;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Origins;
import dev.codewise.proxy.completion.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Who gets which request, with agents that answer at once. */
class RoutingTest {

    private final LocalFleet fleet = new LocalFleet(10, Duration.ofSeconds(5));
    private final CapturedLog log = CapturedLog.of(CoolDowns.class);

    @AfterEach
    void nothingIsLeft() {
        log.close();
        assertThat(fleet.running()).isZero();
        assertThat(fleet.pending()).isZero();
        assertThat(fleet.queued()).isZero();
    }

    @Test
    void m38GivesTwentyRequestsToFourAgentsInStrictTurn() throws Exception {
        Stream.of("a", "b", "c", "d").forEach(fleet::connect);

        assertThat(agentsOfNew(20)).containsExactlyElementsOf(repeated(5, "a", "b", "c", "d"));
    }

    @Test
    void m38SkipsTheSuspectTheDrainingAndThoseWithoutTheModelAndKeepsTheTurn() throws Exception {
        fleet.connect("a");
        LocalAgent draining = fleet.connect("b");
        fleet.connect("c", 1, "opus");
        fleet.connect("d");

        draining.link().drain("To be updated.");
        assertThat(agentsOfNew(4)).containsExactly("a", "d", "a", "d");

        draining.link().resume();
        assertThat(agentsOfNew(4)).containsExactly("b", "a", "d", "b");
    }

    @Nested
    class AContinuedConversation {

        private final CompletionRequest second =
                LocalFleet.asks("second", Turn.user("Question first"), Turn.assistant("Hello"), Turn.user("And then?"));

        @Test
        void goesBackToItsAgent() throws Exception {
            connect("a", "b", "c");
            assertThat(fleet.agentOfNew("first")).isEqualTo("a");

            assertThat(fleet.agentOf(second)).isEqualTo("a");
            assertThat(fleet.agentOf(second)).isEqualTo("a");
        }

        @Test
        void leavesTheTurnsOfNewConversationsAsTheyAre() throws Exception {
            connect("a", "b", "c");
            assertThat(fleet.agentOfNew("first")).isEqualTo("a");

            var served = new ArrayList<String>();
            for (int i = 0; i < 6; i++) {
                fleet.agentOf(second);
                served.add(fleet.agentOfNew("new-" + i));
            }

            assertThat(served).containsExactly("b", "c", "a", "b", "c", "a");
        }

        @Test
        void goesInTurnWhileItsAgentIsFull() throws Exception {
            LocalAgent full = fleet.connect("a", 1);
            connect("b", "c");
            assertThat(fleet.agentOfNew("first")).isEqualTo("a");
            agentsOfNew(2);
            var busy = fleet.ask(LocalFleet.asks("busy", Turn.user("Think!")));

            var answer = fleet.ask(second);
            assertThat(full.unanswered()).containsExactly("busy");

            connectedAnswer("b", "c");
            assertThat(answer).isCompleted();
            full.answersAll("Done.");
            assertThat(busy).isCompleted();
        }

        @Test
        void goesInTurnWhileItsAgentDrainsAndAfterThatIsGone() throws Exception {
            LocalAgent first = fleet.connect("a");
            connect("b", "c");
            assertThat(fleet.agentOfNew("first")).isEqualTo("a");

            first.link().drain("To be updated.");
            assertThat(fleet.agentOf(second)).isEqualTo("b");
            fleet.loses(first);

            assertThat(fleet.agentOf(second)).isEqualTo("c");
        }

        @Test
        void goesElsewhereWhereItsAgentHasFailedAtIt() throws Exception {
            connect("a", "b");
            assertThat(fleet.agentOfNew("first")).isEqualTo("a");

            var again = fleet.provider()
                    .complete(second, Set.of(new Answerer("agent", "a")))
                    .collectList()
                    .toFuture();
            fleet.agent("b").answersAll("Hello");

            assertThat(again).isCompleted();
        }

        @Test
        void isOneOfItsModelOnly() throws Exception {
            connect("a", "b");
            assertThat(fleet.agentOfNew("first")).isEqualTo("a");

            var other = new CompletionRequest(Origins.origin("second"), "opus", second.system(), second.turns());

            assertThat(fleet.agentOf(other)).isEqualTo("b");
        }

        private void connectedAnswer(String... agents) {
            Stream.of(agents).forEach(id -> fleet.agent(id).answersAll("Hello"));
        }
    }

    @Nested
    class AnAgentThatKeepsFailing {

        private final LocalAgent broken = fleet.connect("a");

        private void isBroken() {
            broken.always(requestId -> broken.fails(requestId, RunErrorCode.CLI_EXIT));
        }

        @Test
        void isSkippedForAWhile() throws Exception {
            isBroken();
            failsThreeTimes();
            connect("b", "c");

            assertThat(agentsOfNew(4)).containsExactly("b", "c", "b", "c");
            fleet.passes(Duration.ofSeconds(30));

            broken.always(requestId -> {});
            assertThat(agentsOfNew(3)).contains("a");
        }

        @Test
        void isAskedAllTheSameWhereNobodyElseOffersTheModel() {
            isBroken();
            fleet.connect("b", null, "opus");
            failsThreeTimes();

            assertThat(fleet.ask(LocalFleet.asks("once-more", Turn.user("Hi"))))
                    .isCompletedExceptionally()
                    .satisfies(answer -> assertThat(answer)
                            .failsWithin(Duration.ZERO)
                            .withThrowableThat()
                            .withMessageContaining("It failed."));
        }

        @Test
        void isNotSkippedForWhatWouldFailAnywhere() throws Exception {
            broken.always(requestId -> broken.fails(requestId, RunErrorCode.PROMPT_TOO_LONG));
            failsThreeTimes();
            connect("b");
            broken.always(requestId -> {});

            assertThat(agentsOfNew(2)).containsExactlyInAnyOrder("a", "b");
        }

        @Test
        void isNotSkippedWhereItIsOnlyBusy() throws Exception {
            broken.always(requestId -> broken.fails(requestId, RunErrorCode.BUSY));
            failsThreeTimes();
            connect("b");
            broken.always(requestId -> {});

            assertThat(agentsOfNew(2)).containsExactlyInAnyOrder("a", "b");
        }

        @Test
        void isNotSkippedForFailuresAfterItsFirstWord() throws Exception {
            broken.always(requestId -> {
                broken.says(requestId, "Hel");
                broken.fails(requestId, RunErrorCode.CLI_EXIT);
            });
            failsThreeTimes();
            connect("b");
            broken.always(requestId -> {});

            assertThat(agentsOfNew(2)).containsExactlyInAnyOrder("a", "b");
        }

        @Test
        void isSkippedUntilItsLimitIsOver() throws Exception {
            broken.always(requestId -> broken.fails(requestId, RunErrorCode.RATE_LIMITED, 3_600_000L));
            assertThat(fleet.ask(LocalFleet.asks("limited", Turn.user("Hi")))).isCompletedExceptionally();
            connect("b");
            broken.always(requestId -> {});

            assertThat(agentsOfNew(2)).containsExactly("b", "b");
            fleet.passes(Duration.ofHours(1));
            assertThat(agentsOfNew(1)).containsExactly("a");
        }

        @Test
        void isForgivenWhatBrokeOffBecauseItsConnectionDid() throws Exception {
            var answers = Stream.of("1", "2", "3")
                    .map(id -> fleet.ask(LocalFleet.asks(id, Turn.user("Hi"))))
                    .toList();
            fleet.loses(broken);
            assertThat(answers).allMatch(answer -> answer.isCompletedExceptionally());

            connect("a", "b");

            assertThat(agentsOfNew(2)).containsExactly("a", "b");
        }

        private void failsThreeTimes() {
            for (int i = 0; i < 3; i++) {
                assertThat(fleet.ask(LocalFleet.asks("failing-" + i, Turn.user("Hi " + i))))
                        .isCompletedExceptionally();
            }
        }
    }

    @Nested
    class WhereNobodyTakesTheRequest {

        @Test
        void theReasonIsThatNobodyIsConnected() {
            assertThat(reason()).isEqualTo("No agent is connected.");
        }

        @Test
        void theReasonIsTheModel() {
            fleet.connect("a", null, "opus");

            assertThat(reason())
                    .isEqualTo("None of the connected agents offers the model \"sonnet\"; "
                            + "the --models of one would have to name it.");
        }

        @Test
        void theReasonIsThatAllAreDraining() {
            fleet.connect("a").link().drain("To be updated.");
            fleet.connect("b", null, "opus");

            assertThat(reason())
                    .isEqualTo("Every connected agent that offers the model \"sonnet\" is draining: "
                            + "it only finishes what it has.");
        }

        @Test
        void theReasonIsThatAllAreBusyWhereTheyOnlyAre() {
            LocalFleet crowded = new LocalFleet(0, Duration.ofSeconds(5));
            LocalAgent busy = crowded.connect("a", 1);
            var first = crowded.ask(LocalFleet.asks("first", Turn.user("Hi")));

            assertThat(failure(crowded).getMessage()).startsWith("Every slot of the connected agents is taken");
            assertThat(failure(crowded).retryAfter()).isPresent();
            busy.answersAll("Hello");
            assertThat(first).isCompleted();
        }

        private String reason() {
            CompletionException failure = failure(fleet);
            assertThat(failure.retryAfter()).isEmpty();
            return failure.getMessage();
        }

        private static CompletionException failure(LocalFleet fleet) {
            var answer = fleet.ask(LocalFleet.asks("req-1", Turn.user("Hi")));
            assertThat(answer).isCompletedExceptionally();
            return (CompletionException)
                    answer.handle((events, thrown) -> thrown).join();
        }
    }

    private void connect(String... ids) {
        Stream.of(ids).forEach(fleet::connect);
    }

    private List<String> agentsOfNew(int count) throws Exception {
        var agents = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            agents.add(fleet.agentOfNew("new-" + i));
        }
        return agents;
    }

    private static List<String> repeated(int times, String... names) {
        return Stream.generate(() -> Stream.of(names))
                .limit(times)
                .flatMap(all -> all)
                .toList();
    }
}
