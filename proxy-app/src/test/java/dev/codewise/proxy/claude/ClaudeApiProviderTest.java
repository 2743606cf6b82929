package dev.codewise.proxy.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codewise.fixtures.ApiAnswer;
import dev.codewise.fixtures.ApiRequest;
import dev.codewise.fixtures.ApiUsage;
import dev.codewise.fixtures.FakeAnthropic;
import dev.codewise.proxy.completion.Answerer;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.completion.Origins;
import dev.codewise.proxy.completion.Provider;
import dev.codewise.proxy.completion.Turn;
import dev.codewise.proxy.completion.Usage;
import dev.codewise.proxy.completion.Wishes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ClaudeApiProviderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private FakeAnthropic anthropic;

    @BeforeEach
    void start() throws IOException {
        anthropic = FakeAnthropic.start();
    }

    @AfterEach
    void stop() throws IOException {
        anthropic.close();
    }

    @Nested
    class Asks {

        @Test
        void withTheKeyAndTheVersionOfTheApi() {
            ApiRequest asked = askFor(aRequest("sonnet"));

            assertThat(asked.target()).isEqualTo("/v1/messages");
            assertThat(asked.header("x-api-key")).hasValue(Providers.KEY);
            assertThat(asked.header("anthropic-version")).hasValue("2023-06-01");
        }

        @Test
        void withTheWholeConversation() {
            var turns = List.of(Turn.user("My name is Ada."), Turn.assistant("Hello Ada."), Turn.user("Who am I?"));

            ApiRequest asked =
                    askFor(new CompletionRequest(Origins.origin("req_1"), "claude-opus-4-1", "Be brief.", turns)
                            .with(Wishes.ofMaxTokens(64)));

            assertThat(asked.body()).isEqualTo(JsonMapper.shared().readTree("""
                            {"model": "claude-opus-4-1", "max_tokens": 64,
                             "system": [{"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral"}}],
                             "messages": [
                              {"role": "user", "content": [{"type": "text", "text": "My name is Ada."}]},
                              {"role": "assistant", "content": [{"type": "text", "text": "Hello Ada."}]},
                              {"role": "user", "content": [{"type": "text", "text": "Who am I?",
                                                            "cache_control": {"type": "ephemeral"}}]}],
                             "stream": true}"""));
        }

        @ParameterizedTest
        @CsvSource({"sonnet,claude-sonnet-5", "opus,claude-opus-4-8", "haiku,claude-haiku-4-5-20251001"})
        void forTheModelThatAnAliasStandsFor(String alias, String fullName) {
            ApiRequest asked = askFor(aRequest(alias));

            assertThat(asked.model()).isEqualTo(fullName);
        }

        private ApiRequest askFor(CompletionRequest request) {
            Providers.patient(anthropic).complete(request).blockLast(PATIENCE);
            return anthropic.awaitRequest();
        }
    }

    @Nested
    class Answers {

        @Test
        void piecewiseWithTheUsageAndTheModelAtTheEnd() {
            anthropic.next(ApiAnswer.says("Hel", "", "lo").uses(new ApiUsage(3, 5, 20, 10, 2)));

            StepVerifier.create(Providers.patient(anthropic).complete(aRequest("sonnet")))
                    .expectNext(new Taken(new Answerer("anthropic", null), Set.of(), new Usage(3, 1, 20, 10, 0)))
                    .expectNext(new Text("Hel"), new Text("lo"))
                    .expectNext(new Finished(FinishReason.STOP, new Usage(3, 5, 20, 10, 2), null, "claude-sonnet-5"))
                    .expectComplete()
                    .verify(PATIENCE);
        }

        @Test
        void sayingFirstWhichWishesItDoesNotHeed() {
            anthropic.says("Hello");
            var wishes = new Wishes(9, 0.5, null, List.of("END"), null, null);

            StepVerifier.create(Providers.patient(anthropic)
                            .complete(aRequest("sonnet").with(wishes)))
                    .assertNext(
                            taken -> assertThat(((Taken) taken).unheeded()).containsExactly(Wishes.Kind.TEMPERATURE))
                    .expectNextCount(2)
                    .expectComplete()
                    .verify(PATIENCE);
        }

        @Test
        void withItsThoughtsBeforeTheText() {
            anthropic.next(ApiAnswer.says("Hello").thinks("Hm, ", "", "well"));

            StepVerifier.create(Providers.patient(anthropic).complete(aRequest("sonnet")))
                    .expectNextCount(1)
                    .expectNext(new Thinking("Hm, "), new Thinking("well"), new Text("Hello"))
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(PATIENCE);
        }

        @Test
        void withCallsOfToolsCountedAmongThemselves() {
            anthropic.next(ApiAnswer.says("Let me see")
                    .thenCallsTool("toolu_1", "look", "{\"at\":", "", "\"you\"}")
                    .thenCallsTool("toolu_2", "wait"));

            StepVerifier.create(Providers.patient(anthropic).complete(aRequest("sonnet")))
                    .expectNextCount(1)
                    .expectNext(new Text("Let me see"))
                    .expectNext(new ToolCallPiece(0, "toolu_1", "look", ""))
                    .expectNext(new ToolCallPiece(0, null, null, "{\"at\":"))
                    .expectNext(new ToolCallPiece(0, null, null, "\"you\"}"))
                    .expectNext(new ToolCallPiece(1, "toolu_2", "wait", ""))
                    .expectNext(new ToolCallPiece(1, null, null, "{}"))
                    .assertNext(end -> assertThat(((Finished) end).reason()).isEqualTo(FinishReason.TOOL_CALLS))
                    .expectComplete()
                    .verify(PATIENCE);
        }

        @Test
        void withTheJsonAloneWhereItHadToCallAToolWithIt() {
            anthropic.next(ApiAnswer.says("Here it is").thenCallsTool("toolu_1", "answer", "{\"a\":", "1}"));
            JsonNode anyObject = JsonMapper.shared().readTree("{\"type\":\"object\"}");
            var wishes = new Wishes(null, null, null, List.of(), null, anyObject);

            StepVerifier.create(Providers.patient(anthropic)
                            .complete(aRequest("sonnet").with(wishes)))
                    .expectNextCount(1)
                    .expectNext(new Text("{\"a\":"), new Text("1}"))
                    .assertNext(end -> assertThat(((Finished) end).reason()).isEqualTo(FinishReason.STOP))
                    .expectComplete()
                    .verify(PATIENCE);
        }

        @ParameterizedTest
        @CsvSource({
            "end_turn,STOP",
            "stop_sequence,STOP",
            "max_tokens,LENGTH",
            "model_context_window_exceeded,LENGTH",
            "tool_use,TOOL_CALLS",
            "refusal,CONTENT_FILTER",
            "something_new,STOP"
        })
        void withTheReasonOfTheEnd(String stopReason, FinishReason reason) {
            anthropic.next(ApiAnswer.says("Hello").stopsFor(stopReason));

            CompletionEvent last =
                    Providers.patient(anthropic).complete(aRequest("sonnet")).blockLast(PATIENCE);

            assertThat(last)
                    .isInstanceOfSatisfying(
                            Finished.class, end -> assertThat(end.reason()).isEqualTo(reason));
        }

        @Test
        void withoutWaitingForAConnectionThatStaysOpenBehindTheAnswer() {
            anthropic.next(ApiAnswer.says("Hello").lingers());

            StepVerifier.create(Providers.patient(anthropic).complete(aRequest("sonnet")))
                    .expectNextCount(3)
                    .expectComplete()
                    .verify(PATIENCE);

            anthropic.awaitRequest().awaitHangUp();
        }
    }

    @Nested
    class FailsBeforeTheAnswer {

        @ParameterizedTest
        @CsvSource({
            "400,invalid_request_error,INVALID_REQUEST",
            "401,authentication_error,PROVIDER_FAILED",
            "402,billing_error,PROVIDER_FAILED",
            "403,permission_error,PROVIDER_FAILED",
            "404,not_found_error,UNKNOWN_MODEL",
            "404,something_else,PROVIDER_FAILED",
            "413,request_too_large,PROMPT_TOO_LONG",
            "429,rate_limit_error,RATE_LIMITED",
            "500,api_error,PROVIDER_FAILED",
            "503,api_error,OVERLOADED",
            "504,timeout_error,PROVIDER_FAILED",
            "529,overloaded_error,OVERLOADED",
            "307,redirect,PROVIDER_FAILED"
        })
        void asTheStatusSays(int status, String type, Reason reason) {
            anthropic.always(ApiAnswer.fails(status, type));

            assertThat(failure().reason()).isEqualTo(reason);
        }

        @ParameterizedTest
        @CsvSource({
            "prompt is too long: 210000 tokens > 200000 maximum,PROMPT_TOO_LONG",
            "input length and `max_tokens` exceed context limit,PROMPT_TOO_LONG",
            "Your credit balance is too low to access the API,PROVIDER_FAILED",
            "messages: at least one message is required,INVALID_REQUEST"
        })
        void asTheSentenceOfABadRequestSays(String sentence, Reason reason) {
            anthropic.next(ApiAnswer.fails(400, "invalid_request_error").saying(sentence));

            assertThat(failure().reason()).isEqualTo(reason);
        }

        @Test
        void quotingWhyTheApiRefusedARequestButNotWithoutEnd() {
            anthropic.next(ApiAnswer.fails(400, "invalid_request_error").saying("no ".repeat(1000)));

            assertThat(failure()).hasMessageContaining("no no no").message().hasSizeLessThan(600);
        }

        @ParameterizedTest
        @ValueSource(ints = {401, 403})
        void namingTheVariableButNotTheKeyThatWasRefused(int status) {
            anthropic.next(ApiAnswer.fails(status, "authentication_error").saying("bad key " + Providers.KEY));

            assertThat(failure())
                    .hasMessageContaining("ANTHROPIC_API_KEY")
                    .message()
                    .doesNotContain(Providers.KEY);
        }

        @ParameterizedTest
        @ValueSource(ints = {429, 503, 529})
        void passingOnWhenAnotherTryMakesSense(int status) {
            anthropic.next(ApiAnswer.fails(status, "rate_limit_error").retryAfter(Duration.ofSeconds(7)));

            assertThat(failure().retryAfter()).hasValue(Duration.ofSeconds(7));
        }

        @Test
        void withoutATimeForAnotherTryWhereTheApiNamesNoneThatMakesSense() {
            anthropic.next(ApiAnswer.fails(429, "rate_limit_error").retryAfter(Duration.ofDays(365)));

            assertThat(failure().retryAfter()).isEmpty();
        }

        @Test
        void sayingWhenToComeBackWhereNobodyIsAtTheAddress() throws IOException {
            anthropic.close();

            CompletionException failure = failure();

            assertThat(failure).hasMessage("The Claude API cannot be reached.");
            assertThat(failure.retryAfter()).hasValue(Duration.ofSeconds(2));
        }

        @Test
        void whenSomethingElseThanTheApiRefuses() {
            anthropic.next(ApiAnswer.showsPage(429));

            assertThat(failure().reason()).isEqualTo(Reason.RATE_LIMITED);
        }

        @Test
        void whenSomethingElseThanTheApiAnswers() {
            anthropic.next(ApiAnswer.showsPage(200));

            assertThat(failure().reason()).isEqualTo(Reason.PROVIDER_FAILED);
        }

        @Test
        void whenTheApiStaysSilent() {
            anthropic.stalls();

            var failure = failureOf(Providers.waitingAtMost(Duration.ofMillis(300), anthropic));

            assertThat(failure.reason()).isEqualTo(Reason.PROVIDER_TIMED_OUT);
            anthropic.awaitRequest().awaitHangUp();
        }
    }

    @Nested
    class IsLeftAlone {

        @Test
        void afterFiveFailuresInARowWhateverTheyWere() {
            anthropic.fails(500, "api_error");
            anthropic.next(ApiAnswer.says("Hel", "lo").hangsUpAfter(1));
            anthropic.next(ApiAnswer.says("Hel", "lo").garblesAfter(1));
            anthropic.next(ApiAnswer.showsPage(200)).fails(504, "timeout_error");
            ClaudeApiProvider provider = Providers.patient(anthropic);
            for (int i = 0; i < 5; i++) {
                failureOf(provider);
            }

            CompletionException failure = failureOf(provider);

            assertThat(anthropic.requests()).hasSize(5);
            assertThat(failure.reason()).isEqualTo(Reason.PROVIDER_UNAVAILABLE);
            assertThat(failure.retryAfter())
                    .hasValueSatisfying(
                            wait -> assertThat(wait).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30)));
        }

        @Test
        void butNotForThoseThatItOnlyRefused() {
            anthropic.always(ApiAnswer.fails(429, "rate_limit_error"));
            ClaudeApiProvider provider = Providers.patient(anthropic);
            for (int i = 0; i < 6; i++) {
                failureOf(provider);
            }

            assertThat(anthropic.requests()).hasSize(6);
        }
    }

    @Nested
    class AsksOnceMore {

        @Test
        void whereTheConnectionBrokeBeforeTheAnswer() {
            anthropic.hangsUp().says("Hello");

            assertThat(text()).isEqualTo("Hello");
            assertThat(anthropic.requests()).hasSize(2);
        }

        @ParameterizedTest
        @ValueSource(ints = {503, 529})
        void whereTheApiWasOverloaded(int status) {
            anthropic.fails(status, "overloaded_error").says("Hello");

            assertThat(text()).isEqualTo("Hello");
        }

        @Test
        void afterTheSecondThatTheApiAsksFor() {
            anthropic
                    .next(ApiAnswer.fails(529, "overloaded_error").retryAfter(Duration.ofSeconds(1)))
                    .says("Hello");
            Instant start = Instant.now();

            assertThat(text()).isEqualTo("Hello");
            assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofSeconds(1));
        }

        @Test
        void butNotTwice() {
            anthropic.always(ApiAnswer.hangsUp());

            assertThat(failure().reason()).isEqualTo(Reason.PROVIDER_FAILED);
            assertThat(anthropic.requests()).hasSize(2);
        }

        @Test
        void butNotWhereTheApiWantsToBeLeftAloneForLonger() {
            anthropic.next(ApiAnswer.fails(529, "overloaded_error").retryAfter(Duration.ofSeconds(2)));

            assertThat(failure().reason()).isEqualTo(Reason.OVERLOADED);
            assertThat(anthropic.requests()).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(ints = {400, 401, 429, 500})
        void butNotWhereItWouldBeRefusedAgain(int status) {
            anthropic.fails(status, "some_error");

            assertThat(failure()).isNotNull();
            assertThat(anthropic.requests()).hasSize(1);
        }

        @Test
        void butNotOnceTheRequestIsTaken() {
            anthropic.next(ApiAnswer.says("Hello").hangsUpAfter(0));

            StepVerifier.create(Providers.patient(anthropic).complete(aRequest("sonnet")))
                    .expectNextMatches(Taken.class::isInstance)
                    .expectErrorSatisfies(failure -> assertReason(failure, Reason.PROVIDER_FAILED))
                    .verify(PATIENCE);
            assertThat(anthropic.requests()).hasSize(1);
        }

        @Test
        void butNotForSomebodyWhoLeavesDuringThePause() {
            anthropic.next(ApiAnswer.fails(529, "overloaded_error").retryAfter(Duration.ofSeconds(1)));

            StepVerifier.create(Providers.patient(anthropic).complete(aRequest("sonnet")))
                    .then(anthropic::awaitRequest)
                    .thenAwait(Duration.ofMillis(500))
                    .thenCancel()
                    .verify(PATIENCE);

            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> anthropic.awaitRequest(Duration.ofMillis(1200)));
        }

        private String text() {
            return Providers.patient(anthropic)
                    .complete(aRequest("sonnet"))
                    .ofType(Text.class)
                    .map(Text::text)
                    .collect(Collectors.joining())
                    .blockOptional(PATIENCE)
                    .orElseThrow();
        }
    }

    @Nested
    class FailsInTheMiddle {

        @Test
        void whenTheConnectionIsCut() {
            anthropic.next(ApiAnswer.says("Hel", "lo").hangsUpAfter(1));

            assertFailsAfterTheFirstPiece(Reason.PROVIDER_FAILED);
        }

        @Test
        void whenTheStreamEndsEarly() {
            anthropic.next(ApiAnswer.says("Hel", "lo").endsEarlyAfter(1));

            assertFailsAfterTheFirstPiece(Reason.PROVIDER_FAILED);
        }

        @Test
        void whenTheStreamIsGarbled() {
            anthropic.next(ApiAnswer.says("Hel", "lo").garblesAfter(1));

            assertFailsAfterTheFirstPiece(Reason.PROVIDER_FAILED);
        }

        @Test
        void whenAnEventIsLargerThanAnyShouldBe() {
            anthropic.says("Hel", "o".repeat(5 * 1024 * 1024));

            assertFailsAfterTheFirstPiece(Reason.PROVIDER_FAILED);
        }

        @ParameterizedTest
        @CsvSource({
            "invalid_request_error,INVALID_REQUEST",
            "authentication_error,PROVIDER_FAILED",
            "billing_error,PROVIDER_FAILED",
            "permission_error,PROVIDER_FAILED",
            "not_found_error,UNKNOWN_MODEL",
            "request_too_large,PROMPT_TOO_LONG",
            "rate_limit_error,RATE_LIMITED",
            "api_error,PROVIDER_FAILED",
            "overloaded_error,OVERLOADED",
            "timeout_error,PROVIDER_TIMED_OUT",
            "something_new,PROVIDER_FAILED"
        })
        void asTheErrorEventSays(String type, Reason reason) {
            anthropic.next(ApiAnswer.says("Hel", "lo").sendsErrorEventAfter(1, type));

            assertFailsAfterTheFirstPiece(reason);
        }

        @Test
        void whenTheAnswerTakesTooLongAltogether() {
            anthropic.next(ApiAnswer.says("Hel", "lo").pausing(Duration.ofSeconds(30)));

            StepVerifier.create(Providers.takingAtMost(Duration.ofMillis(500), anthropic)
                            .complete(aRequest("sonnet")))
                    .expectNextCount(2)
                    .expectErrorSatisfies(failure -> assertReason(failure, Reason.PROVIDER_TIMED_OUT))
                    .verify(PATIENCE);

            anthropic.awaitRequest().awaitHangUp();
        }

        private void assertFailsAfterTheFirstPiece(Reason reason) {
            StepVerifier.create(Providers.patient(anthropic).complete(aRequest("sonnet")))
                    .expectNextMatches(Taken.class::isInstance)
                    .expectNext(new Text("Hel"))
                    .expectErrorSatisfies(failure -> assertReason(failure, reason))
                    .verify(PATIENCE);
        }
    }

    private CompletionException failure() {
        return failureOf(Providers.patient(anthropic));
    }

    private static CompletionException failureOf(Provider provider) {
        return catchThrowableOfType(
                CompletionException.class,
                () -> provider.complete(aRequest("sonnet")).blockLast(PATIENCE));
    }

    private static void assertReason(Throwable failure, Reason reason) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        CompletionException.class,
                        known -> assertThat(known.reason()).isEqualTo(reason));
    }

    private static CompletionRequest aRequest(String model) {
        return new CompletionRequest(Origins.origin("req_1"), model, null, List.of(Turn.user("Say hello")));
    }
}
