package dev.codewise.proxy.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.fixtures.ApiAnswer;
import dev.codewise.fixtures.ApiUsage;
import dev.codewise.fixtures.FakeAnthropic;
import dev.codewise.fixtures.SpokenAnswer;
import dev.codewise.proxy.agent.FakeAgent;
import dev.codewise.proxy.agent.FakeAgent.FakeRun;
import dev.codewise.proxy.completion.ModelCatalogue;
import dev.codewise.proxy.completion.Usage;
import dev.codewise.proxy.database.TestDatabase;
import dev.codewise.proxy.prices.Prices;
import dev.codewise.proxy.status.ProxyStart;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the ledger says in the end is what the other side has counted, however the requests went. */
@Tag("long")
@Timeout(300)
class LedgerTotalsTest {

    private static final String KEY = "a-key-for-the-clients";
    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";
    private static final int BATCH = 100;
    private static final int AT_ONCE = 20;
    private static final int RUNS = 200;

    private final ExecutorService threads = Executors.newFixedThreadPool(2 * AT_ONCE);
    private Usage counted = new Usage(0, 0, 0, 0, 0);

    @Test
    void areThoseOfTheOtherSideAfterAThousandMixedRequests() throws Exception {
        TestDatabase database = TestDatabase.fresh();
        try (var anthropic = FakeAnthropic.start();
                var proxy = ProxyStart.with(Map.of(
                        "DATABASE_URL",
                        database.url(),
                        "AGENT_SECRET",
                        FakeAgent.SECRET,
                        "CODEWISE_API_KEY",
                        KEY,
                        "ANTHROPIC_API_KEY",
                        "made-up-for-a-test",
                        "ANTHROPIC_BASE_URL",
                        anthropic.baseUrl().toString(),
                        "LOGGING_LEVEL_DEV_CODEWISE_PROXY",
                        "error"));
                var agent = FakeAgent.named("laptop")
                        .slots(AT_ONCE)
                        .offering("haiku")
                        .connectTo(URI.create("http://127.0.0.1:" + proxy.port()))) {
            var client = new Asker(URI.create("http://127.0.0.1:" + proxy.port()), KEY);

            var byAgent = CompletableFuture.runAsync(() -> askTheAgent(client, agent), threads);
            askTheApi(client, anthropic);
            byAgent.join();

            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            database.value("select count(*) from ledger_entry").equals("1000"));
            JsonNode total = total(client);
            assertThat(total.path("requests").toString())
                    .isEqualTo("{\"all\":1000,\"answered\":500,\"failed\":250,\"cancelled\":250}");
            assertThat(total.path("tokens").toString()).isEqualTo(tokens(withTheAgents(counted)));
            assertThat(new BigDecimal(total.path("costUsd").asString()))
                    .isEqualByComparingTo(costOf(counted).add(new BigDecimal("12.5")));
        } finally {
            threads.shutdownNow();
        }
    }

    private static JsonNode total(Asker client) {
        return new JsonMapper()
                .readTree(client.get("/api/admin/usage?by=agent&from=2020-01-01"))
                .path("total");
    }

    /** Those of a hundred runs that the agent finishes. */
    private static Usage withTheAgents(Usage apis) {
        return new Usage(
                apis.input() + 700,
                apis.output() + 200,
                apis.cacheRead() + 300,
                apis.cacheWrite(),
                apis.reasoning() + 100);
    }

    private static String tokens(Usage usage) {
        return new JsonMapper().writeValueAsString(usage);
    }

    private static BigDecimal costOf(Usage usage) {
        return Prices.builtIn(new ModelCatalogue(Map.of())).of("sonnet", usage).orElseThrow();
    }

    /** Each batch at once, so that all of its requests get the same answer. */
    private void askTheApi(Asker client, FakeAnthropic anthropic) {
        SpokenAnswer says = ApiAnswer.says("Hel", "lo");
        batch(anthropic, says.uses(tokens(1)), whole(1), () -> client.asks(CHAT, "sonnet", false));
        batch(anthropic, says.uses(tokens(2)), whole(2), () -> client.asks(CHAT, "sonnet", true));
        batch(anthropic, says.uses(tokens(3)), whole(3), () -> client.asks(MESSAGES, "sonnet", true));
        batch(anthropic, says.uses(tokens(4)), whole(4), () -> client.asks(MESSAGES, "claude-sonnet-5", false));
        batch(anthropic, says.uses(tokens(5)).stallsAfter(1), begun(5), () -> client.hangsUp(CHAT, "sonnet"));
        batch(anthropic, says.uses(tokens(6)).stallsAfter(1), begun(6), () -> client.hangsUp(MESSAGES, "sonnet"));
        batch(
                anthropic,
                says.uses(tokens(7)).sendsErrorEventAfter(1, "invalid_request_error"),
                begun(7),
                () -> client.asks(CHAT, "sonnet", true));
        batch(
                anthropic,
                ApiAnswer.fails(400, "invalid_request_error"),
                new Usage(0, 0, 0, 0, 0),
                () -> client.asks(CHAT, "sonnet", false));
    }

    private static ApiUsage tokens(int kind) {
        return new ApiUsage(10 + kind, 5 + kind, 3, 2, 1);
    }

    private static Usage whole(int kind) {
        return new Usage(10 + kind, 5 + kind, 3, 2, 1);
    }

    /** Of an answer that broke off, what was told at its start. */
    private static Usage begun(int kind) {
        return new Usage(10 + kind, 1, 3, 2, 0);
    }

    /** The API's own count is of the requests that it has seen. */
    private void batch(FakeAnthropic anthropic, ApiAnswer answer, Usage each, Runnable request) {
        anthropic.forget().always(answer);
        atOnce(BATCH, request);
        int seen = anthropic.requests().size();
        assertThat(seen).isEqualTo(BATCH);
        counted = new Usage(
                counted.input() + seen * each.input(),
                counted.output() + seen * each.output(),
                counted.cacheRead() + seen * each.cacheRead(),
                counted.cacheWrite() + seen * each.cacheWrite(),
                counted.reasoning() + seen * each.reasoning());
    }

    private void atOnce(int count, Runnable request) {
        CompletableFuture.allOf(IntStream.range(0, count)
                        .mapToObj(number -> CompletableFuture.runAsync(request, threads))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    /** Half of them are answered, a quarter fails, and of a quarter the client leaves. */
    private static void askTheAgent(Asker client, FakeAgent agent) {
        try {
            for (int number = 0; number < RUNS; number++) {
                int kind = number % 4;
                var asking = CompletableFuture.runAsync(() -> ask(client, kind));
                answer(agent.takes(), kind);
                asking.join();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void ask(Asker client, int kind) {
        if (kind == 3) {
            client.hangsUp(CHAT, "haiku");
        } else {
            client.asks(CHAT, "haiku", kind == 0);
        }
    }

    private static void answer(FakeRun run, int kind) throws Exception {
        switch (kind) {
            case 2 -> run.fails("prompt_too_long", "That is too much.");
            case 3 -> run.says("Hel");
            default -> {
                run.says("Hello");
                run.finishes(
                        "\"usage\":{\"inputTokens\":7,\"outputTokens\":2,\"cacheReadTokens\":3,\"cacheWriteTokens\":0,"
                                + "\"reasoningTokens\":1},\"costUsd\":0.125");
            }
        }
    }
}
