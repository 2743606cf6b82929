package dev.codewise.proxy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.agent.reply.Assignee;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Origins;
import dev.codewise.proxy.completion.Part;
import dev.codewise.proxy.completion.Turn;
import dev.codewise.proxy.completion.Turn.Role;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ParkedRunsTest {

    private static final Turn QUESTION = Turn.user("What do you see?");
    private static final long FIVE_MINUTES = Duration.ofMinutes(5).toMillis();

    @Nested
    class AConversation {

        private final LocalFleet fleet = new LocalFleet(10, Duration.ofSeconds(5));
        private final LocalAgent agent = fleet.connectAble("a", "first-start");

        @Test
        void goesOnWithTheProcessThatWaitsForIt() {
            calls("req-1", FIVE_MINUTES);

            asks(second("req-2"));

            assertThat(agent.last().continues()).isEqualTo("req-1");
            assertThat(agent.last().messages())
                    .as("everything is said again all the same")
                    .hasSize(3);
        }

        @Test
        void goesOnWithTheProcessOfEachOfItsCalls() {
            calls("req-1", FIVE_MINUTES);
            var third = LocalFleet.asks("req-3", QUESTION, call(), result(), call("c2"), result("c2"));
            asks(second("req-2"), () -> agent.calls("req-2", "c2", FIVE_MINUTES));

            asks(third);

            assertThat(agent.last().continues()).isEqualTo("req-2");
        }

        @Test
        void isNamedToItsOwnerOnly() {
            calls("req-1", FIVE_MINUTES);
            var same = second("req-2");
            var stolen =
                    new CompletionRequest(Origins.originOf("bob", "req-2"), same.model(), same.system(), same.turns());

            asks(stolen);
            assertThat(agent.last().continues()).isNull();

            asks(second("req-3"));
            assertThat(agent.last().continues()).isEqualTo("req-1");
        }

        @Test
        void isNamedOnlyOnce() {
            calls("req-1", FIVE_MINUTES);
            asks(second("req-2"));

            asks(second("req-3"));

            assertThat(agent.last().continues()).isNull();
        }

        @Test
        void beginsAnewWhenItsTimeIsOver() {
            calls("req-1", 1000);

            fleet.passes(Duration.ofSeconds(1));
            asks(second("req-2"));

            assertThat(agent.last().continues()).isNull();
        }

        @Test
        void beginsAnewWhereTheAgentHoldsNothing() {
            calls("req-1", 0);

            asks(second("req-2"));

            assertThat(agent.last().continues()).isNull();
        }

        @Test
        void beginsAnewAfterTheAgentHasStartedAnew() {
            calls("req-1", FIVE_MINUTES);
            fleet.loses(agent);
            LocalAgent other = fleet.connectAble("a", "second-start");

            asks(second("req-2"), () -> other.answersAll("Nothing."));

            assertThat(other.last().continues()).isNull();
        }

        @Test
        void beginsAnewAtAnotherAgent() {
            LocalAgent other = fleet.connectAble("b", "another-start");
            calls("req-1", FIVE_MINUTES);
            agent.link().drain("To be updated.");

            asks(second("req-2"), () -> other.answersAll("Nothing."));

            assertThat(other.last().continues()).isNull();
        }

        @Test
        void isAnotherWhereSomethingElseWasCalled() {
            calls("req-1", FIVE_MINUTES);

            asks(LocalFleet.asks("req-2", QUESTION, call("c9"), result("c9")));

            assertThat(agent.last().continues()).isNull();
        }

        private void calls(String requestId, long parkedForMs) {
            asks(LocalFleet.asks(requestId, QUESTION), () -> agent.calls(requestId, "c1", parkedForMs));
        }

        private void asks(CompletionRequest request) {
            asks(request, () -> agent.answersAll("Nothing."));
        }

        private void asks(CompletionRequest request, Runnable answers) {
            var answer = fleet.ask(request);
            answers.run();
            assertThat(answer).isCompleted();
        }

        private static CompletionRequest second(String requestId) {
            return LocalFleet.asks(requestId, QUESTION, call(), result());
        }

        private static Turn call() {
            return call("c1");
        }

        private static Turn call(String id) {
            return new Turn(Role.ASSISTANT, List.of(new Part.ToolCall(id, "look", "{}")));
        }

        private static Turn result() {
            return result("c1");
        }

        private static Turn result(String id) {
            return new Turn(Role.USER, List.of(new Part.ToolResult(id, List.of(new Part.Text("A cat.")), false)));
        }
    }

    @Test
    void areForgottenWhereThereAreTooMany() {
        var runs = new ParkedRuns(() -> 0);
        var agent = new Assignee("a", "start");
        var first = new UUID(0, 0);

        for (int i = 0; i <= ParkedRuns.REMEMBERED; i++) {
            runs.hold(new UUID(0, i), "req-" + i, agent, Duration.ofMinutes(5));
        }

        assertThat(runs.remembered()).isEqualTo(ParkedRuns.REMEMBERED);
        assertThat(runs.take(first, agent)).isEmpty();
        assertThat(runs.take(new UUID(0, ParkedRuns.REMEMBERED), agent)).contains("req-" + ParkedRuns.REMEMBERED);
    }

    @Test
    void areNotBelievedToWaitForever() {
        long[] now = {0};
        var runs = new ParkedRuns(() -> now[0]);
        var agent = new Assignee("a", "start");
        runs.hold(new UUID(0, 1), "req-1", agent, Duration.ofMillis(Long.MAX_VALUE));

        now[0] = Duration.ofHours(1).toNanos();

        assertThat(runs.take(new UUID(0, 1), agent)).isEmpty();
    }
}
