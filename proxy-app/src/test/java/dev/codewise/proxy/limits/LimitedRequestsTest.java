package dev.codewise.proxy.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.RateLimitException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.codewise.fixtures.ApiAnswer;
import dev.codewise.fixtures.ApiUsage;
import dev.codewise.fixtures.SpokenAnswer;
import dev.codewise.proxy.CapturedLog;
import dev.codewise.proxy.agent.FakeAgent;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What limits do to requests, through all of the proxy. */
@TestInstance(Lifecycle.PER_CLASS)
class LimitedRequestsTest {

    private LimitedProxy proxy;
    private MovableTime time;

    @BeforeAll
    void open() throws Exception {
        proxy = LimitedProxy.withMovableClocks();
        time = proxy.bean(MovableTime.class);
    }

    @AfterAll
    void close() {
        proxy.close();
    }

    @BeforeEach
    void forget() {
        proxy.anthropic().forget().always(using(15, 5));
    }

    @ParameterizedTest
    @EnumSource
    void countRequestsAMinuteAndSaySoWithEachAnswer(Surface surface) {
        LimitedKey key = proxy.key("{'requestsPerMinute':2}");

        HttpResponse<String> first = proxy.ask(surface, key);
        HttpResponse<String> second = proxy.stream(surface, key);
        HttpResponse<String> third = proxy.ask(surface, key);

        assertThat(requests(first)).isEqualTo("200: 1 of 2, 30s");
        assertThat(requests(second)).isEqualTo("200: 0 of 2, 1m0s");
        assertThat(requests(third)).isEqualTo("429: 0 of 2, 1m0s");
        assertThat(third.body()).contains(surface.errorOf(false), "This key may make 2 requests a minute.");
        assertThat(header(third, "Retry-After")).isEqualTo("30");
        assertThat(proxy.anthropic().requests()).hasSize(2);

        time.pass(Duration.ofSeconds(30));
        assertThat(requests(proxy.ask(surface, key))).isEqualTo("200: 0 of 2, 1m0s");
    }

    @ParameterizedTest
    @EnumSource
    void countTokensAMinuteAsTheyWereUsed(Surface surface) {
        LimitedKey key = proxy.key("{'tokensPerMinute':600}");
        proxy.anthropic().next(using(590, 11));

        HttpResponse<String> first = proxy.askAndSettle(surface, key);
        HttpResponse<String> second = proxy.ask(surface, key);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(tokens(second)).isEqualTo("429: 0 of 600, 1m0.1s");
        assertThat(second.body()).contains(surface.errorOf(false), "This key may use 600 tokens a minute.");
        assertThat(header(second, "Retry-After")).isEqualTo("1");
        assertThat(header(second, "retry-after-ms")).isEqualTo("200");
        assertThat(proxy.anthropic().requests()).hasSize(1);

        time.pass(Duration.ofMillis(200));
        assertThat(proxy.ask(surface, key).statusCode()).isEqualTo(200);
    }

    @Test
    void setAsideAWholeContextForWhatAMessageReadsElsewhere() {
        LimitedKey key = proxy.key("{'tokensPerMinute':500000}");
        String tool = "{\"tools\":[{\"type\":\"web_fetch_1\"}],";

        HttpResponse<String> answer =
                proxy.ask(Surface.MESSAGES, Surface.MESSAGES.body().replaceFirst("\\{", tool), key);

        assertThat(tokens(answer)).startsWith("200: 0 of 500000");
    }

    @Test
    void letNoToolOfAMessageAskAModelThatIsNotTheKeys() {
        LimitedKey key = proxy.key("null,'models':['sonnet']");
        String tool = "{\"tools\":[{\"type\":\"advisor_1\",\"model\":\"opus\"}],";

        HttpResponse<String> refused =
                proxy.ask(Surface.MESSAGES, Surface.MESSAGES.body().replaceFirst("\\{", tool), key);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("permission_error", "opus");
        assertThat(proxy.anthropic().requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void sayWhichBudgetIsSpentAndWhenTheNextOneBegins(Surface surface) {
        LimitedKey key = proxy.key("{'perDay':{'tokens':20}}");

        HttpResponse<String> first = proxy.askAndSettle(surface, key);
        HttpResponse<String> second = proxy.ask(surface, key);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.body())
                .contains(
                        surface.errorOf(true),
                        "This key's budget of 20 tokens a day is spent. The next day begins at " + midnight() + ".");
        assertThat(header(second, "x-should-retry")).isEqualTo("false");
        assertThat(Duration.ofSeconds(Long.parseLong(header(second, "Retry-After"))))
                .isEqualTo(Duration.between(time.instant(), midnight())
                        .plusMillis(999)
                        .truncatedTo(ChronoUnit.SECONDS));
        assertThat(proxy.anthropic().requests()).hasSize(1);

        time.pass(Duration.ofDays(1));
        assertThat(proxy.ask(surface, key).statusCode()).isEqualTo(200);
    }

    @Test
    void countDollarsByThePricesOfTheModel() {
        LimitedKey key = proxy.key("{'perMonth':{'usd':0.000001}}");

        HttpResponse<String> first = proxy.askAndSettle(Surface.CHAT, key);
        HttpResponse<String> second = proxy.ask(Surface.CHAT, key);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.body()).contains("budget of 0.000001 US dollars a month is spent");
    }

    @Test
    void letSoManyAtOnceAndOneMoreWhenOneHasLeft() throws Exception {
        LimitedKey key = proxy.key("{'concurrentRequests':1}");
        proxy.anthropic().next(ApiAnswer.stalls());

        CompletableFuture<HttpResponse<String>> first = proxy.begin(Surface.CHAT, key);
        proxy.anthropic().awaitRequest();
        HttpResponse<String> second = proxy.ask(Surface.MESSAGES, key);
        first.cancel(true);

        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.body()).contains("No more than 1 of this key's requests may be under way at once.");
        assertThat(header(second, "Retry-After")).isEqualTo("1");
        await().until(() -> proxy.ask(Surface.CHAT, key).statusCode() == 200);
    }

    @ParameterizedTest
    @EnumSource
    void countNothingAsUnderWayThatHasFailed(Surface surface) {
        LimitedKey key = proxy.key("{'concurrentRequests':1,'perDay':{'tokens':1000}}");
        proxy.anthropic().next(ApiAnswer.fails(400, "invalid_request_error")).next(broken());

        proxy.ask(surface, key);
        try (var log = CapturedLog.of("dev.codewise.proxy")) {
            proxy.stream(surface, key);
            assertThat(log.lines()).contains("WARN An answer broke off");
        }

        await().untilAsserted(() -> {
            JsonNode used = proxy.seen(key).path("used");
            assertThat(used.path("concurrentRequests").asInt()).isZero();
            assertThat(used.path("perDay").path("reserved").path("tokens").asInt())
                    .isZero();
        });
        assertThat(proxy.ask(surface, key).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void giveBackWhatWasSetAsideWhenTheClientLeaves(Surface surface) throws Exception {
        LimitedKey key = proxy.key("{'perDay':{'tokens':20}}");
        proxy.anthropic().next(ApiAnswer.stalls());

        CompletableFuture<HttpResponse<String>> first = proxy.begin(surface, key);
        proxy.anthropic().awaitRequest();
        HttpResponse<String> second = proxy.ask(surface, key);
        first.cancel(true);

        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.body()).contains(surface.errorOf(false), "is set aside for its requests that are under way");
        assertThat(header(second, "Retry-After")).isEqualTo("1");
        assertThat(second.headers().firstValue("x-should-retry")).isEmpty();
        await().until(() -> proxy.ask(surface, key).statusCode() == 200);
        assertThat(proxy.anthropic().requests()).hasSize(2);
    }

    @Test
    void countOnlyWhatAsksAModel() {
        LimitedKey key = proxy.key("{'requestsPerMinute':1}");

        HttpResponse<String> models = proxy.get("/v1/models", key);
        HttpResponse<String> again = proxy.get("/v1/models", key);

        assertThat(requests(models)).isEqualTo("200: 1 of 1, 0s");
        assertThat(requests(again)).isEqualTo("200: 1 of 1, 0s");
        assertThat(proxy.ask(Surface.CHAT, key).statusCode()).isEqualTo(200);
    }

    @Test
    void sayNothingToAKeyThatHasNone() {
        LimitedKey key = proxy.key("null");

        HttpResponse<String> answer = proxy.ask(Surface.CHAT, key);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("x-ratelimit"));
        assertThat(proxy.seen(key).has("used")).isFalse();
    }

    @Test
    void holdNoLongerOnceTheyAreLifted() {
        LimitedKey key = proxy.key("{'requestsPerMinute':1}");
        proxy.ask(Surface.CHAT, key);
        int before = proxy.ask(Surface.CHAT, key).statusCode();

        proxy.change(key, "null");

        assertThat(before).isEqualTo(429);
        assertThat(proxy.ask(Surface.CHAT, key).statusCode()).isEqualTo(200);
    }

    @Test
    void holdNoLongerASecondAfterTheyWereLiftedElsewhere() {
        LimitedKey key = proxy.key("{'concurrentRequests':1,'requestsPerMinute':1}");
        proxy.ask(Surface.CHAT, key);
        int before = proxy.ask(Surface.CHAT, key).statusCode();

        proxy.database().execute("update api_key set requests_per_minute = null where id = '" + key.id() + "'");

        assertThat(before).isEqualTo(429);
        await().until(() -> proxy.ask(Surface.CHAT, key).statusCode() == 200);
    }

    @Test
    void holdAtOnceWhereTheyAreSetLater() {
        LimitedKey key = proxy.key("null");
        proxy.ask(Surface.CHAT, key);

        proxy.change(key, "{'requestsPerMinute':1}");

        assertThat(requests(proxy.ask(Surface.CHAT, key))).isEqualTo("200: 0 of 1, 1m0s");
        assertThat(proxy.ask(Surface.CHAT, key).statusCode()).isEqualTo(429);
    }

    @Test
    void tellAnOperatorHowFarAKeyHasCome() {
        LimitedKey key = proxy.key("{'requestsPerMinute':60,'perDay':{'tokens':100},'perMonth':{'usd':5}}");

        proxy.askAndSettle(Surface.CHAT, key);

        JsonNode used = proxy.seen(key).path("used");
        assertThat(used.path("requestsPerMinute").toString()).isEqualTo("{\"remaining\":59,\"reset\":\"1s\"}");
        assertThat(used.path("concurrentRequests").asInt()).isZero();
        assertThat(used.path("perDay").path("spent").path("tokens").asInt()).isEqualTo(20);
        assertThat(used.path("perDay").path("remaining").path("tokens").asInt()).isEqualTo(80);
        assertThat(used.path("perDay").path("until").asString())
                .isEqualTo(midnight().toString());
        assertThat(used.path("perMonth").path("spent").path("usd").asDouble()).isPositive();
        assertThat(used.path("perMonth").path("remaining").path("usd").asDouble())
                .isLessThan(5);
    }

    @Test
    void askNothingOfAnAgentThatIsNotAllowed() throws Exception {
        LimitedKey key = proxy.key("{'perDay':{'tokens':20},'requestsPerMinute':100}");
        proxy.askAndSettle(Surface.CHAT, key);

        try (var agent = FakeAgent.named("laptop-1").slots(1).connectTo(proxy.url())) {
            int refused = proxy.ask(Surface.CHAT, key).statusCode();
            CompletableFuture<HttpResponse<String>> other = proxy.begin(Surface.CHAT, proxy.key("null"));
            var run = agent.takes();
            run.says("free");
            run.finishes();

            assertThat(refused).isEqualTo(429);
            assertThat(other.join().body()).contains("free");
        }
    }

    @Test
    void areUnderstoodByTheOfficialClient() {
        LimitedKey key = proxy.key("{'perDay':{'tokens':20},'requestsPerMinute':100}");
        proxy.askAndSettle(Surface.CHAT, key);
        var client = OpenAIOkHttpClient.builder()
                .baseUrl(proxy.url() + "/v1")
                .apiKey(key.text())
                .maxRetries(5)
                .build();

        var refused = catchThrowableOfType(
                RateLimitException.class,
                () -> client.chat()
                        .completions()
                        .create(ChatCompletionCreateParams.builder()
                                .model("sonnet")
                                .addUserMessage("Hi")
                                .build()));

        assertThat(refused.code()).hasValue("insufficient_quota");
        assertThat(refused.headers().values("x-ratelimit-remaining-requests")).containsExactly("98");
        client.close();
    }

    private static SpokenAnswer using(long input, long output) {
        return ApiAnswer.says("Hello").uses(new ApiUsage(input, output, 0, 0));
    }

    private static SpokenAnswer broken() {
        return ApiAnswer.says("Hel", "lo").hangsUpAfter(1);
    }

    private Instant midnight() {
        return Spell.DAY.end(time.instant());
    }

    private static String requests(HttpResponse<String> answer) {
        return told(answer, "requests");
    }

    private static String tokens(HttpResponse<String> answer) {
        return told(answer, "tokens");
    }

    private static String told(HttpResponse<String> answer, String what) {
        return answer.statusCode() + ": " + header(answer, "x-ratelimit-remaining-" + what) + " of "
                + header(answer, "x-ratelimit-limit-" + what) + ", " + header(answer, "x-ratelimit-reset-" + what);
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("-");
    }
}
