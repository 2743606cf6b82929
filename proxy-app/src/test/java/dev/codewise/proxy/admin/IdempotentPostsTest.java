package dev.codewise.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.probe.ProbeDatabase;
import dev.codewise.probe.ProbeProxy;
import dev.codewise.probe.ProbeRooms;
import dev.codewise.probe.RawHttp.Reply;
import dev.codewise.proxy.database.TestDatabase;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What comes of it when an operator's program posts the same again because it has not heard what came of it. */
class IdempotentPostsTest {

    private static final String KEYS = "/api/admin/keys";
    private static ProbeProxy proxy;

    @Import({ProbeRooms.class, ProbeDatabase.class})
    @ComponentScan({"dev.codewise.proxy.admin", "dev.codewise.proxy.settings"})
    private static final class Furnished {}

    @BeforeAll
    static void open() {
        proxy = ProbeProxy.start(Furnished.class, "codewise.access.api-key=" + ProbeProxy.API_KEY);
        await().until(() -> post("", KEYS, wish("warm"), ProbeProxy.API_KEY).status() == 201);
    }

    @AfterAll
    static void close() {
        proxy.close();
    }

    @Test
    void makesOneKeyOfARequestThatIsRepeated() {
        Reply first = post("one", KEYS, wish("ci"));
        Reply second = post("one", KEYS, wish("ci"));

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(json(second)).isEqualTo(json(first));
        assertThat(first.header("idempotency-replayed")).isEmpty();
        assertThat(second.header("idempotency-replayed")).contains("true");
        assertThat(count("ci")).isEqualTo("1");
    }

    @Test
    void keepsNoKeyLegible() {
        String key = json(post("legible", KEYS, wish("legible"))).path("key").asString();

        assertThat(database().value("select string_agg(r::text, ' ') from admin_repeat r"))
                .contains("legible")
                .doesNotContain(key, key.substring(17));
    }

    @Test
    void refusesAWordThatWasUsedForAnotherRequest() {
        post("word", KEYS, wish("first"));

        assertThat(post("word", KEYS, wish("second")).status()).isEqualTo(422);
        assertThat(post("word", KEYS + "?x=1", wish("first")).status()).isEqualTo(422);
        assertThat(count("second")).isEqualTo("0");
    }

    @Test
    void givesEachCallerWordsOfTheirOwn() {
        String boss = json(post("", KEYS, "{\"name\":\"boss\",\"owner\":\"bob\",\"scopes\":[\"admin\"]}"))
                .path("key")
                .asString();
        String one = json(post("shared", KEYS, wish("shared"))).path("id").asString();

        String other =
                json(post("shared", KEYS, wish("shared"), boss)).path("id").asString();

        assertThat(other).isNotEqualTo(one);
        assertThat(count("shared")).isEqualTo("2");
    }

    @Test
    void letsWhatWasRefusedBeTriedAgain() {
        assertThat(post("again", KEYS, "{}").status()).isEqualTo(400);

        assertThat(post("again", KEYS, wish("again")).status()).isEqualTo(201);
    }

    @Test
    void makesOneKeyOfManyRequestsAtOnce() {
        List<CompletableFuture<Reply>> sent = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> post("many", KEYS, wish("many"))))
                .toList();

        assertThat(sent)
                .extracting(reply -> reply.join().status())
                .containsOnly(201, 409)
                .contains(201);
        assertThat(count("many")).isEqualTo("1");
    }

    @Test
    void renewsAKeyOnce() {
        String id = json(post("", KEYS, wish("turns"))).path("id").asString();

        String second =
                json(post("renew", KEYS + "/" + id + "/rotate", "")).path("key").asString();

        assertThat(json(post("renew", KEYS + "/" + id + "/rotate", ""))
                        .path("key")
                        .asString())
                .isEqualTo(second);
        assertThat(database().value("select count(*) from api_key_secret where key_id = '" + id + "'"))
                .isEqualTo("2");
    }

    @Test
    void saysThatItDoesNotKnowWhatCameOfARequestThatWasNeverAnswered() {
        database()
                .execute("insert into admin_repeat (caller, word, fingerprint) select caller, 'lost', fingerprint"
                        + " from admin_repeat where word = '" + known() + "'");

        Reply reply = post("lost", KEYS, wish("known"));

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.body()).contains("look with GET whether it was done");
    }

    @Test
    void givesTheAnswerThatItCannotKeepAndDoesNothingTwice() {
        database().execute("alter table admin_repeat add check (word <> 'forgotten' or status is null)");

        Reply first = post("forgotten", KEYS, wish("forgotten"));
        Reply second = post("forgotten", KEYS, wish("forgotten"));

        assertThat(first.status()).isEqualTo(201);
        assertThat(json(first).path("key").asString()).startsWith("cwk_");
        assertThat(second.status()).isEqualTo(409);
        assertThat(count("forgotten")).isEqualTo("1");
    }

    private static String known() {
        post("known", KEYS, wish("known"));
        return "known";
    }

    @Test
    void refusesAWordThatIsNone() {
        Reply reply = post("a b", KEYS, wish("x"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("Idempotency-Key", "1 to 255 visible characters");
    }

    @Test
    void forgetsAfterADay() {
        post("old", KEYS, wish("old"));
        database().execute("update admin_repeat set created_at = now() - interval '25 hours' where word = 'old'");

        proxy.bean(Repeats.class).forgetOld().block();

        assertThat(post("old", KEYS, wish("old")).header("idempotency-replayed"))
                .isEmpty();
    }

    private static String wish(String name) {
        return "{\"name\":\"" + name + "\",\"owner\":\"alice\"}";
    }

    private static Reply post(String word, String path, String body) {
        return post(word, path, body, ProbeProxy.API_KEY);
    }

    private static Reply post(String word, String path, String body, String credential) {
        String authorization = "Authorization: Bearer " + credential;
        return word.isEmpty()
                ? proxy.http().post(path, body, "Content-Type: application/json", authorization)
                : proxy.http()
                        .post(path, body, "Content-Type: application/json", authorization, "Idempotency-Key: " + word);
    }

    private static String count(String name) {
        return database().value("select count(*) from api_key where name = '" + name + "'");
    }

    private static TestDatabase database() {
        return proxy.bean(TestDatabase.class);
    }

    private static JsonNode json(Reply reply) {
        String body = reply.body();
        return new JsonMapper().readTree(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1));
    }
}
