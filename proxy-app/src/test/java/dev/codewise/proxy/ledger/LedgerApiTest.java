package dev.codewise.proxy.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.database.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestPostgres
class LedgerApiTest {

    private static final String MAY = "from=2026-05-01&to=2026-06-01";

    /** In place of the 2026 that is written here: what is entered may not grow so old that it is dropped. */
    private final String thisYear = Year.now(ZoneOffset.UTC) + "-";

    @Autowired
    private DatabaseClient client;

    @LocalServerPort
    private int port;

    @BeforeEach
    void clear() {
        client.sql("delete from ledger_entry").then().block();
    }

    @Test
    void tellsWhatWasUsedInAllAndByWhom() {
        enter("a", "2026-05-01T00:00:00Z", "'cwk_1', 'alice', 'laptop', 'answered', 10, 1.5");
        enter("b", "2026-05-02T00:00:00Z", "'cwk_2', 'alice', 'laptop', 'failed', 20, null");
        enter("c", "2026-05-31T23:59:59Z", "null, 'bob', null, 'cancelled', 40, 0.25");
        enter("d", "2026-06-01T00:00:00Z", "null, 'bob', null, 'answered', 80, 99");

        JsonNode usage = json(get("usage", MAY + "&by=owner"));

        assertThat(usage.path("total").toString())
                .isEqualTo("{\"requests\":{\"all\":3,\"answered\":1,\"failed\":1,\"cancelled\":1},"
                        + "\"tokens\":{\"input\":70,\"output\":6,\"cacheRead\":0,\"cacheWrite\":0,\"reasoning\":0},"
                        + "\"costUsd\":1.75,\"withoutPrice\":1}");
        assertThat(usage.path("groups").valueStream())
                .extracting(group -> group.path("group").asString() + " "
                        + group.path("requests").path("all") + " " + group.path("costUsd") + " "
                        + group.path("withoutPrice"))
                .containsExactly("alice 2 1.5 1", "bob 1 0.25 0");
    }

    @ParameterizedTest
    @CsvSource({
        "key,   'cwk_1:1.5 null:null'",
        "model, 'claude-sonnet-5:1.5 opus:null'",
        "agent, 'laptop:1.5 null:null'",
        "day,   '2026-05-02:null 2026-05-01:1.5'"
    })
    void neverTakesAnUnknownPriceForNone(String by, String groups) {
        enter("a", "2026-05-01T23:59:59Z", "'cwk_1', 'alice', 'laptop', 'answered', 10, 1.5");
        enter("b", "2026-05-02T00:00:00Z", "null, 'alice', null, 'answered', 10, null");
        client.sql("update ledger_entry set model = 'claude-sonnet-5' where id = 'a'")
                .then()
                .block();

        JsonNode usage = json(get("usage", MAY + "&by=" + by));

        assertThat(usage.path("groups").valueStream().map(LedgerApiTest::priced))
                .containsExactly(thisYear(groups).split(" "));
    }

    private static String priced(JsonNode group) {
        return group.path("group").asString("null") + ":" + group.path("costUsd");
    }

    @Test
    void tellsOfNothingToo() {
        JsonNode usage = json(get("usage", ""));

        assertThat(usage.at("/total/requests/all").asInt(-1)).isZero();
        assertThat(usage.at("/total/costUsd").isNull()).isTrue();
        assertThat(usage.path("groups").isEmpty()).isTrue();
    }

    @Test
    void leavesOutTheSmallestGroupsAndSaysHowMany() {
        client.sql(thisYear("insert into ledger_entry (id, started_at, ended_at, owner, asked_model, outcome, cost_usd)"
                        + " select n, '2026-05-05Z', '2026-05-05Z', 'owner' || n, 'opus', 'answered', n"
                        + " from generate_series(1, 1002) as n"))
                .then()
                .block();

        JsonNode usage = json(get("usage", MAY));

        assertThat(usage.path("groups").size()).isEqualTo(1000);
        assertThat(usage.at("/groups/0/group").asString()).isEqualTo("owner1002");
        assertThat(usage.path("groupsLeftOut").asInt()).isEqualTo(2);
    }

    @Test
    void showsOneRequestWithAllThatIsKnownOfIt() {
        enter("a", "2026-05-01T00:00:00.123456Z", "'cwk_1', 'alice', 'laptop', 'answered', 10, 0.000125");

        assertThat(get("requests", MAY).body())
                .isEqualTo(thisYear("{\"requests\":[{\"id\":\"a\",\"startedAt\":\"2026-05-01T00:00:00.123456Z\","
                        + "\"endedAt\":\"2026-05-01T00:00:01.123456Z\",\"key\":\"cwk_1\",\"owner\":\"alice\","
                        + "\"askedModel\":\"opus\",\"provider\":\"agent\",\"agent\":\"laptop\",\"outcome\":\"answered\","
                        + "\"tokens\":{\"input\":10,\"output\":2,\"cacheRead\":0,\"cacheWrite\":0,\"reasoning\":0},"
                        + "\"costUsd\":0.000125}],\"next\":null}"));
    }

    @Test
    void pagesFromTheNewestOnWhateverIsEnteredMeanwhile() {
        for (int i = 0; i < 7; i++) {
            enter("r" + i, "2026-05-0" + (1 + i / 2) + "T00:00:00Z", "null, 'alice', null, 'answered', 1, null");
        }
        var seen = new ArrayList<String>();

        JsonNode page = json(get("requests", MAY + "&limit=3"));
        while (page.path("next").isString()) {
            seen.addAll(ids(page));
            enter("new" + seen.size(), "2026-05-20T00:00:00Z", "null, 'alice', null, 'answered', 1, null");
            page = json(
                    get("requests", MAY + "&limit=3&cursor=" + page.path("next").asString()));
        }
        seen.addAll(ids(page));

        assertThat(seen).containsExactly("r6", "r5", "r4", "r3", "r2", "r1", "r0");
    }

    @Test
    void pagesThroughTheThirtyDaysThatThereWereAtTheFirstPage() {
        var now = Instant.now();
        enter("new", now.toString(), "null, 'alice', null, 'answered', 1, null");
        enter("old", now.minus(Duration.ofDays(31)).toString(), "null, 'alice', null, 'answered', 1, null");
        var firstPage = new Cursor(now.minus(Duration.ofDays(32)), Cursor.START.startedAt(), "");

        assertThat(ids(json(get("requests", "cursor=" + firstPage.text())))).containsExactly("new", "old");
    }

    @ParameterizedTest
    @CsvSource({
        "key=cwk_1,                    a",
        "owner=bob,                    b",
        "agent=laptop,                 a",
        "outcome=failed,               b",
        "model=opus,                   b a",
        "model=claude-sonnet-5,        a",
        "owner=alice&outcome=failed,   ''",
        "owner=&agent=,                b a",
        "from=2026-05-02&to=2026-05-03,b"
    })
    void findsWhatIsAskedForAndNothingElse(String filter, String ids) {
        enter("a", "2026-05-01T00:00:00Z", "'cwk_1', 'alice', 'laptop', 'answered', 10, 1.5");
        enter("b", "2026-05-02T00:00:00Z", "'cwk_2', 'bob', null, 'failed', 10, null");
        client.sql("update ledger_entry set model = 'claude-sonnet-5' where id = 'a'")
                .then()
                .block();
        String period = filter.startsWith("from") ? "" : MAY + "&";

        assertThat(String.join(" ", ids(json(get("requests", period + filter)))))
                .isEqualTo(ids);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'; drop table ledger_entry; --", "' or '1'='1", "%", "_", "\u0000ff", "😀"})
    void takesEveryNameAsAName(String name) {
        enter("a", "2026-05-01T00:00:00Z", "'cwk_1', 'alice', 'laptop', 'answered', 10, 1.5");
        String encoded = URLEncoder.encode(name.replace("\u0000ff", "ff"), StandardCharsets.UTF_8);

        for (String field : List.of("key", "owner", "model", "agent")) {
            assertThat(ids(json(get("requests", MAY + "&" + field + "=" + encoded))))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "usage    | from=yesterday | from | must be a time such as 2026-01-31T12:00:00Z, or a day such as 2026-01-31.",
                "usage    | to=2026-02-30  | to   | must be a time such as",
                "usage    | to=%2B1000000000-12-31T23:59:59Z | to | must be a time such as",
                "usage    | from=2026-02-01&to=2026-02-01 | from | must be earlier than \\\"to\\\".",
                "usage    | by=colour      | by   | must be one of agent, day, key, model, owner.",
                "usage    | owner=alice    | owner | is no parameter of this: there are by, from, to.",
                "usage    | by=key&by=day  | by   | must be given once.",
                "requests | limit=0        | limit | must be a number from 1 to 1000.",
                "requests | limit=1001     | limit | must be a number from 1 to 1000.",
                "requests | limit=ten      | limit | must be a number from 1 to 1000.",
                "requests | outcome=good   | outcome | must be one of answered, cancelled, failed.",
                "requests | owner=a%00     | owner | has a control character, which no name has.",
                "requests | cursor=abc     | cursor | must be the \\\"next\\\" of the page before, as it was.",
                "requests | cursor=%21     | cursor | must be the",
                "requests | ower=alice     | ower | is no parameter of this: there are agent, cursor,",
            })
    void saysWhichParameterIsWrongAndHowToCureIt(String path, String query, String field, String rule) {
        HttpResponse<String> reply = get(path, query);

        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(400);
        assertThat(reply.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(reply.body()).contains("\\\"" + field + "\\\" " + rule);
    }

    private String thisYear(String text) {
        return text.replace("2026-", thisYear);
    }

    private void enter(String id, String start, String rest) {
        String startedAt = thisYear(start);
        client.sql("insert into ledger_entry (id, started_at, ended_at, asked_model, output_tokens, cache_read_tokens,"
                        + " cache_write_tokens, reasoning_tokens, provider, key_id, owner, agent, outcome, input_tokens,"
                        + " cost_usd) values ('" + id + "', '" + startedAt + "', timestamptz '" + startedAt
                        + "' + interval '1s', 'opus', 2, 0, 0, 0, 'agent', " + rest + ")")
                .then()
                .block();
    }

    private static List<String> ids(JsonNode page) {
        return page.path("requests")
                .valueStream()
                .map(entry -> entry.path("id").asString())
                .toList();
    }

    private HttpResponse<String> get(String path, String query) {
        URI uri = URI.create(
                "http://127.0.0.1:" + port + "/api/admin/" + path + (query.isEmpty() ? "" : "?" + thisYear(query)));
        try {
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(HttpResponse<String> reply) {
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return new JsonMapper().readTree(reply.body());
    }
}
