package dev.codewise.proxy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.proxy.agent.reply.ReplyChannel;
import dev.codewise.proxy.completion.Answerer;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.CompletionRouter;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.completion.Origins;
import dev.codewise.proxy.completion.Provider;
import dev.codewise.proxy.completion.Turn;
import dev.codewise.proxy.completion.Usage;
import dev.codewise.proxy.completion.Wishes;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

@AgentSlice
class AnsweringTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    @LocalServerPort
    private int port;

    @Autowired
    private Provider provider;

    @Autowired
    private CompletionRouter router;

    @Autowired
    private ReplyChannel replies;

    @Autowired
    private AgentDirectory directory;

    private URI proxy = URI.create("about:blank");

    @BeforeEach
    void noAgentIsLeftFromBefore() {
        proxy = URI.create("http://127.0.0.1:" + port);
        await().until(() -> directory.connected().isEmpty());
    }

    @Test
    void bringsWhatTheAgentSaysToTheClientInOrder() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").connectTo(proxy)) {
            var answer = ask("req-1");

            var run = agent.takes();
            run.says("Hel");
            run.says("");
            run.says("lo");
            run.finishes("""
                    "finishReason": "length", "costUsd": 0.0012, "model": "claude-sonnet-5",
                    "usage": {"inputTokens": 3, "outputTokens": 2, "cacheReadTokens": 7}""");

            assertThat(answer.get())
                    .containsExactly(
                            new Taken(new Answerer("agent", "laptop-1")),
                            new Text("Hel"),
                            new Text("lo"),
                            new Finished(
                                    FinishReason.LENGTH,
                                    new Usage(3, 2, 7, 0, 0),
                                    new BigDecimal("0.0012"),
                                    "claude-sonnet-5"));
        }
    }

    @Test
    void handsTheAgentTheWholeConversation() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").connectTo(proxy)) {
            var request = new CompletionRequest(
                            Origins.origin("req-1"),
                            "opus",
                            "Be brief.",
                            List.of(Turn.user("a\n\ndata: b"), Turn.assistant("c"), Turn.user("d \u2028 e")))
                    .with(Wishes.ofMaxTokens(77));

            var answer = provider.complete(request).subscribe();

            var sent = agent.takes().request();
            assertThat(sent.get("model").asString()).isEqualTo("opus");
            assertThat(sent.get("system").asString()).isEqualTo("Be brief.");
            assertThat(sent.get("messages").toString())
                    .isEqualTo(
                            "[{\"role\":\"user\",\"content\":\"a\\n\\ndata: b\"},"
                                    + "{\"role\":\"assistant\",\"content\":\"c\"},{\"role\":\"user\",\"content\":\"d \u2028 e\"}]");
            assertThat(sent.get("parameters").get("maxTokens").asInt()).isEqualTo(77);
            assertThat(sent.get("timeoutMs").asLong()).isEqualTo(120_000);
            answer.dispose();
        }
    }

    @Test
    void takesTheWholeTextOfAnAgentThatDoesNotStream() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").connectTo(proxy)) {
            var answer = ask("req-1");

            agent.takes().finishes("\"content\": \"all at once\"");

            assertThat(answer.get())
                    .contains(new Text("all at once"), new Finished(FinishReason.STOP, null, null, null));
        }
    }

    @Test
    void saysAtWhichStopSequenceTheModelStopped() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").connectTo(proxy)) {
            var answer = ask("req-1");

            agent.takes().finishes("\"finishReason\": \"stop\", \"stopSequence\": \"END\"");

            assertThat(answer.get()).contains(new Finished(FinishReason.STOP, null, null, null, "END"));
        }
    }

    @Test
    void saysWhyTheAgentFailed() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").connectTo(proxy)) {
            var answer = ask("req-1");

            agent.takes().fails("prompt_too_long", "The prompt is too long for this model.");

            assertThat(answer)
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(CompletionException.class, failure -> {
                        assertThat(failure.reason()).isEqualTo(Reason.PROMPT_TOO_LONG);
                        assertThat(failure).hasMessage("The prompt is too long for this model.");
                        assertThat(failure.isFinal()).isTrue();
                    });
        }
    }

    @Test
    void asksToComeBackWhereTheAgentIsOnlyBusy() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").connectTo(proxy)) {
            var answer = ask("req-1");

            agent.takes().fails("busy", "all slots of this agent are taken");

            assertThat(answer)
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(CompletionException.class, failure -> {
                        assertThat(failure.reason()).isEqualTo(Reason.PROVIDER_UNAVAILABLE);
                        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(2));
                    });
        }
    }

    @Test
    void refusesWhatComesAfterTheEnd() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").connectTo(proxy)) {
            var answer = ask("req-1");
            var run = agent.takes();
            run.says("Hello");
            assertThat(run.finishes()).isEqualTo(200);

            assertThat(run.says("late")).isEqualTo(404);
            assertThat(run.finishes()).isEqualTo(404);
            assertThat(run.fails("internal", "late")).isEqualTo(404);

            assertThat(answer.get()).filteredOn(Finished.class::isInstance).hasSize(1);
        }
    }

    @Test
    void refusesWhatAnotherAgentSaysInItsPlace() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").connectTo(proxy)) {
            var answer = ask("req-1");
            var run = agent.takes();
            try (var other = FakeAgent.named("laptop-2").connectTo(proxy)) {
                var forged = "{\"type\":\"chunk\",\"requestId\":\"" + run.id() + "\",\"content\":\"forged\"}";

                assertThat(other.posts(forged).statusCode()).isEqualTo(404);
            }
            run.says("true");
            run.finishes();

            assertThat(answer.get()).contains(new Text("true")).doesNotContain(new Text("forged"));
        }
    }

    @Test
    void m38AnswersTwentyRequestsOverFourAgentsInStrictTurn() throws Exception {
        var agents = new ArrayList<FakeAgent>();
        for (int i = 1; i <= 4; i++) {
            agents.add(FakeAgent.named("laptop-" + i).connectTo(proxy));
        }

        var taken = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            var answer = ask("req-" + i);
            var agent = agents.get(i % 4);
            agent.takes().finishes();
            answer.get().stream()
                    .filter(Taken.class::isInstance)
                    .forEach(event ->
                            taken.add(String.valueOf(((Taken) event).by().agent())));
        }

        assertThat(taken)
                .containsExactlyElementsOf(IntStream.range(0, 20)
                        .mapToObj(i -> "laptop-" + (i % 4 + 1))
                        .toList());
        for (FakeAgent agent : agents) {
            agent.close();
        }
    }

    @Test
    void m39KeepsFiftyAnswersApartThatComeInAnotherOrder() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").connectTo(proxy)) {
            var answers = IntStream.range(0, 50).mapToObj(i -> ask("req-" + i)).toList();
            var runs = new ArrayList<FakeAgent.FakeRun>();
            for (int i = 0; i < 50; i++) {
                runs.add(agent.takes());
            }

            for (int i = 49; i >= 0; i--) {
                runs.get(i).says("for " + runs.get(i).id());
                runs.get(i).finishes();
            }

            for (int i = 0; i < 50; i++) {
                assertThat(answers.get(i).get())
                        .filteredOn(Text.class::isInstance)
                        .containsExactly(new Text("for req-" + i));
            }
        }
    }

    @Nested
    class WhenSomebodyLeaves {

        @Test
        void m01SendsTheNextRequestToAnotherOnceAnIdleAgentIsGone() throws Exception {
            var idle = FakeAgent.named("laptop-1").connectTo(proxy);
            try (var other = FakeAgent.named("laptop-2").connectTo(proxy)) {
                idle.hangsUp();
                await().until(() -> directory.find("laptop-1").isEmpty());

                var answer = ask("req-1");
                other.takes().finishes();

                assertThat(answer.get()).contains(new Taken(new Answerer("agent", "laptop-2")));
            }
        }

        @Test
        void m02MovesARequestOnWhoseAgentIsCutOffBeforeItsFirstWord() throws Exception {
            var first = FakeAgent.named("laptop-1").connectTo(proxy);
            try (var second = FakeAgent.named("laptop-2").connectTo(proxy)) {
                var answer = router.complete(aRequest("req-1")).collectList().toFuture();
                first.takes();

                first.hangsUp();

                second.takes().finishes("\"content\": \"Hello\"");
                assertThat(answer.get()).contains(new Text("Hello"));
            }
        }

        @Test
        void m03FailsTheRunsOfAnAgentWhoseStreamIsCut() throws Exception {
            var agent = FakeAgent.named("laptop-1").connectTo(proxy);
            var answer = ask("req-1");
            agent.takes().says("Hel");

            agent.hangsUp();

            assertThat(answer).failsWithin(SOON).withThrowableThat().withMessageContaining("laptop-1 went away");
            await().untilAsserted(() -> assertThat(directory.connected()).isEmpty());
        }

        @Test
        void tellsTheAgentByItsNextPostThatTheClientIsGone() throws Exception {
            try (var agent = FakeAgent.named("laptop-1").slots(1).connectTo(proxy)) {
                Disposable client = provider.complete(aRequest("req-1")).subscribe();
                var run = agent.takes();
                assertThat(run.says("Hel")).isEqualTo(200);

                client.dispose();

                assertThat(run.says("lo")).isEqualTo(404);
                assertThat(replies.open()).isZero();
                assertThat(directory.connected().get(0).work().running()).isZero();
            }
        }

        @Test
        void lastOfTwoAgentsWithOneIdStays() throws Exception {
            var older = FakeAgent.named("laptop-1").connectTo(proxy);
            try (var newer = FakeAgent.named("laptop-1").connectTo(proxy)) {
                assertThat(older.awaitEvent("replaced").data().get("by").asString())
                        .isEqualTo("other_instance");
                older.awaitEnd();

                var answer = ask("req-1");
                newer.takes().finishes();

                assertThat(answer.get()).isNotEmpty();
                assertThat(directory.connected()).hasSize(1);
            }
        }
    }

    @Nested
    class WhenAgentsAreBusyOrMissing {

        @Test
        void saysSoAtOnceWhenNobodyIsConnected() {
            StepVerifier.create(provider.complete(aRequest("req-1")))
                    .verifyErrorSatisfies(failure -> assertThat(((CompletionException) failure).reason())
                            .isEqualTo(Reason.PROVIDER_UNAVAILABLE));
        }

        @Test
        void skipsAgentsThatDoNotOfferTheModel() throws Exception {
            try (var opus = FakeAgent.named("a").offering("opus").connectTo(proxy);
                    var sonnet = FakeAgent.named("b").offering("haiku,sonnet").connectTo(proxy)) {
                var first = ask("req-1");
                sonnet.takes().finishes();
                var second = ask("req-2");
                sonnet.takes().finishes();

                assertThat(first.get()).isNotEmpty();
                assertThat(second.get()).isNotEmpty();
                assertThat(opus.hasUnreadRequest()).isFalse();
            }
        }

        @Test
        void leavesOutTheAgentsAtWhichTheRequestHasFailed() throws Exception {
            try (var first = FakeAgent.named("laptop-1").connectTo(proxy);
                    var second = FakeAgent.named("laptop-2").connectTo(proxy)) {
                var answer = router.complete(aRequest("req-1")).collectList().toFuture();
                first.takes().fails("cli_exit", "The CLI has gone.");
                var run = second.takes();
                run.says("Hello");
                run.finishes();

                assertThat(answer.get())
                        .contains(new Taken(new Answerer("agent", "laptop-2")), new Text("Hello"))
                        .hasSize(4);
            }
        }

        @Test
        void waitsForASlotAndTakesItWhenOneIsFree() throws Exception {
            try (var agent = FakeAgent.named("laptop-1").slots(1).connectTo(proxy)) {
                var first = ask("req-1");
                var run = agent.takes();
                var second = ask("req-2");
                assertThat(agent.hasUnreadRequest()).isFalse();

                run.finishes();
                var next = agent.takes();
                next.finishes();

                assertThat(next.id()).isEqualTo("req-2");
                assertThat(first.get()).isNotEmpty();
                assertThat(second.get()).isNotEmpty();
            }
        }

        @Test
        void letsAWaitingRequestInWhenAnotherAgentComes() throws Exception {
            try (var busy = FakeAgent.named("laptop-1").slots(1).connectTo(proxy)) {
                var first = ask("req-1");
                var run = busy.takes();
                var second = ask("req-2");

                try (var free = FakeAgent.named("laptop-2").connectTo(proxy)) {
                    free.takes().finishes();
                    assertThat(second.get()).contains(new Taken(new Answerer("agent", "laptop-2")));
                }

                run.finishes();
                assertThat(first.get()).isNotEmpty();
            }
        }
    }

    private CompletableFuture<List<CompletionEvent>> ask(String id) {
        return provider.complete(aRequest(id)).collectList().toFuture();
    }

    private static CompletionRequest aRequest(String id) {
        return new CompletionRequest(Origins.origin(id), "sonnet", null, List.of(Turn.user("Say hello")));
    }
}
