package dev.codewise.proxy.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.probe.ProbeProxy;
import dev.codewise.probe.RawHttp.Reply;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** What an operator says of the limits of a key. */
class KeyLimitsTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ALL = "{'requestsPerMinute':60,'tokensPerMinute':100000,'concurrentRequests':4,"
            + "'perDay':{'tokens':1000000,'usd':5},'perMonth':{'usd':100.5}}";

    private static ProbeProxy proxy;
    private static Admin operator;

    @BeforeAll
    static void open() {
        proxy = ProbeProxy.start("codewise.access.api-key=" + ProbeProxy.API_KEY);
        operator = new Admin(proxy.http(), ProbeProxy.API_KEY);
    }

    @AfterAll
    static void close() {
        proxy.close();
    }

    @Test
    void tellsTheLimitsAsTheyWereWritten() {
        String id = made(ALL);

        assertThat(operator.seen(id).path("limits")).isEqualTo(JSON.readTree(ALL.replace('\'', '"')));
    }

    @Test
    void changesWhatIsNamedAndLiftsWhatIsNull() {
        String id = made(ALL);

        Reply reply =
                changed(id, 1, "{'requestsPerMinute':7,'tokensPerMinute':null,'perDay':{'usd':null},'perMonth':null}");

        assertThat(Admin.json(reply).path("limits"))
                .isEqualTo(JSON.readTree(
                        "{\"requestsPerMinute\":7,\"concurrentRequests\":4,\"perDay\":{\"tokens\":1000000}}"));
    }

    @Test
    void liftsAllOfThem() {
        String id = made(ALL);

        Reply reply = changed(id, 1, "null");

        assertThat(Admin.json(reply).has("limits")).as(reply.text()).isFalse();
    }

    @Test
    void leavesThemAloneWhereNothingIsSaidOfThem() {
        String id = made(ALL);

        operator.send("PATCH", "/" + id, "{\"version\":1,\"name\":\"other\"}");

        assertThat(operator.seen(id).path("limits").path("requestsPerMinute").asInt())
                .isEqualTo(60);
    }

    @Test
    void tellsTheAuditWhatTheLimitsAre() {
        String id = made(ALL);

        Reply audit = proxy.http().get("/api/admin/audit", "Authorization: Bearer " + ProbeProxy.API_KEY);

        assertThat(audit.body())
                .contains(id)
                .contains("60 requests a minute, 100000 tokens a minute, 4 at once, 1000000 tokens and 5 USD a day,"
                        + " 100.5 USD a month");
    }

    @ParameterizedTest
    @MethodSource("wrongLimits")
    void namesTheFieldThatIsWrongAndTheCure(String limits, String sentence) {
        Reply reply = operator.send("POST", "", wish(limits));

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(Admin.json(reply).path("detail").asString()).contains(sentence);
    }

    static Stream<Arguments> wrongLimits() {
        return Stream.of(
                Arguments.of("7", "\"limits\" must be an object with any of requestsPerMinute"),
                Arguments.of("{'rpm':7}", "\"limits.rpm\" is no field of this"),
                Arguments.of("{'requestsPerMinute':0}", "\"limits.requestsPerMinute\" must be a whole number from 1"),
                Arguments.of("{'requestsPerMinute':1.5}", "\"limits.requestsPerMinute\" must be"),
                Arguments.of("{'tokensPerMinute':'9'}", "\"limits.tokensPerMinute\" must be"),
                Arguments.of("{'concurrentRequests':99999999999999999999}", "\"limits.concurrentRequests\" must be"),
                Arguments.of("{'perDay':5}", "\"limits.perDay\" must be an object with any of tokens, usd"),
                Arguments.of("{'perDay':{'eur':5}}", "\"limits.perDay.eur\" is no field of this"),
                Arguments.of("{'perMonth':{'usd':0}}", "\"limits.perMonth.usd\" must be a number of US dollars"),
                Arguments.of("{'perMonth':{'usd':0.0000001}}", "no more than 6 decimals"),
                Arguments.of("{'perMonth':{'usd':1e400}}", "\"limits.perMonth.usd\" must be"),
                Arguments.of("{'perMonth':{'tokens':-1}}", "\"limits.perMonth.tokens\" must be"));
    }

    private static String made(String limits) {
        return operator.made(wish(limits)).path("id").asString();
    }

    private static String wish(String limits) {
        return "{\"name\":\"limited\",\"owner\":\"alice\",\"limits\":" + limits.replace('\'', '"') + "}";
    }

    private static Reply changed(String id, int version, String limits) {
        Reply reply = operator.send(
                "PATCH", "/" + id, "{\"version\":" + version + ",\"limits\":" + limits.replace('\'', '"') + "}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply;
    }
}
