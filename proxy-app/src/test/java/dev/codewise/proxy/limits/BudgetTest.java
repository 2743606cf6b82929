package dev.codewise.proxy.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.fixtures.ApiAnswer;
import dev.codewise.fixtures.ApiUsage;
import dev.codewise.proxy.database.TestDatabase;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Budgets above a database that counts for itself; each test starts proxies of its own. */
@Tag("long")
class BudgetTest {

    private static final int ALLOWED = 50;
    private static final int ASKED = 200;
    private static final int TOKENS_OF_ONE = 10;

    private final TestDatabase database = TestDatabase.fresh();

    @Test
    void isExceededByOneRequestAtMostHoweverManyComeAtOnce() throws Exception {
        try (var proxy = LimitedProxy.above(database)) {
            proxy.anthropic().always(ApiAnswer.says("Hello").uses(new ApiUsage(1, TOKENS_OF_ONE - 1, 0, 0)));
            LimitedKey key = proxy.key("{'perMonth':{'tokens':" + ALLOWED * TOKENS_OF_ONE + "}}");

            var answers = new ArrayList<Integer>();
            for (List<Surface> left = asked(); !left.isEmpty(); ) {
                List<CompletableFuture<HttpResponse<String>>> wave =
                        left.stream().map(surface -> proxy.begin(surface, key)).toList();
                left = toldToComeBack(left, wave);
                wave.stream()
                        .map(CompletableFuture::join)
                        .filter(answer -> !isToComeBack(answer))
                        .forEach(answer -> answers.add(answer.statusCode()));
            }

            assertThat(answers).hasSize(ASKED).containsOnly(200, 429);
            long answered = answers.stream().filter(status -> status == 200).count();
            assertThat(answered).isBetween((long) ALLOWED, ALLOWED + 1L);
            assertThat(proxy.anthropic().requests()).hasSize((int) answered);
            await().untilAsserted(() -> assertThat(entries(key)).isEqualTo(answered + " " + answered * TOKENS_OF_ONE));
        }
    }

    private static List<Surface> asked() {
        Surface[] surfaces = Surface.values();
        return IntStream.range(0, ASKED)
                .mapToObj(number -> surfaces[number % surfaces.length])
                .toList();
    }

    private static List<Surface> toldToComeBack(
            List<Surface> asked, List<CompletableFuture<HttpResponse<String>>> answers) {
        return IntStream.range(0, asked.size())
                .filter(number -> isToComeBack(answers.get(number).join()))
                .mapToObj(asked::get)
                .toList();
    }

    /** Only what is spent is not to be asked again. */
    private static boolean isToComeBack(HttpResponse<String> answer) {
        return answer.statusCode() == 429
                && answer.headers().firstValue("x-should-retry").isEmpty();
    }

    @Test
    void outlivesTheProxy() throws Exception {
        LimitedKey key;
        try (var before = LimitedProxy.above(database)) {
            key = before.key("{'perMonth':{'tokens':18}}");
            assertThat(before.ask(Surface.CHAT, key).statusCode()).isEqualTo(200);
        }

        try (var after = LimitedProxy.above(database)) {
            awaitSpent(18, after, key);
            HttpResponse<String> refused = after.ask(Surface.CHAT, key);

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).contains("budget of 18 tokens a month is spent");
            assertThat(after.anthropic().requests()).isEmpty();
        }
    }

    @Test
    void countsWhatWasSpentBeforeItWasSet() throws Exception {
        try (var proxy = LimitedProxy.above(database)) {
            LimitedKey key = proxy.key("null");
            proxy.ask(Surface.MESSAGES, key);
            await().untilAsserted(() -> assertThat(entries(key)).isEqualTo("1 18"));

            proxy.change(key, "{'perMonth':{'tokens':18}}");
            awaitSpent(18, proxy, key);

            assertThat(proxy.ask(Surface.CHAT, key).statusCode()).isEqualTo(429);
        }
    }

    /** As the proxy has read it from the ledger. */
    private static void awaitSpent(int tokens, LimitedProxy proxy, LimitedKey key) {
        await().until(() -> proxy.seen(key).at("/used/perMonth/spent/tokens").asInt() == tokens);
    }

    private String entries(LimitedKey key) {
        return database.value("select count(*) || ' ' || coalesce(sum(input_tokens + output_tokens), 0)"
                + " from ledger_entry where key_id = '" + key.id() + "'");
    }
}
