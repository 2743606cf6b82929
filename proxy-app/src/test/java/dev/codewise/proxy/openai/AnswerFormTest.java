package dev.codewise.proxy.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.CompletionEnded.Outcome;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.completion.ScriptedProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

@OpenAiSlice
class AnswerFormTest {

    private static final String SCHEMA = """
            {"type":"object","required":["a"],"properties":{"a":{"type":"integer"}},"additionalProperties":false}""";
    private static final String WITH_SCHEMA = """
            {"model":"sonnet","stream":false,"messages":[{"role":"user","content":"Hi"}],"response_format":\
            {"type":"json_schema","json_schema":{"name":"x","strict":true,"schema":%s}}}""".formatted(SCHEMA);
    private static final String WITH_FORMAT = """
            {"model":"sonnet","stream":%s,"input":"Hi","text":{"format":%s}}""";
    private static final String ANY_OBJECT = """
            {"model":"sonnet","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"}],\
            "response_format":{"type":"json_object"}}""";

    @Autowired
    private ScriptedProvider provider;

    @Autowired
    private Outcomes outcomes;

    @LocalServerPort
    private int port;

    private Wire wire;

    @BeforeEach
    void connect() {
        wire = new Wire(port);
    }

    @Test
    void isWhatTheModelIsAskedFor() throws Exception {
        provider.says("{\"a\"", ":1}");

        var response = wire.chat(WITH_SCHEMA);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(provider.lastRequest().wishes().schema())
                .isEqualTo(JsonMapper.shared().readTree(SCHEMA));
        assertThat(lastOutcome()).isEqualTo(Outcome.ANSWERED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"a\":\"1\"}", "Sure: {\"a\":1}", ""})
    void isAFailureWhereTheAnswerHasAnother(String answer) throws Exception {
        provider.says(answer);

        var response = wire.chat(WITH_SCHEMA);

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.headers().firstValue("x-should-retry")).hasValue("false");
        assertThat(response.body()).contains("response_format").doesNotContain("Sure");
        assertThat(lastOutcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void isAFailureInAStreamThatNeverEndsCleanly() throws Exception {
        provider.says("Sure");

        var response = wire.chat(WITH_SCHEMA.replace("false", "true"));

        assertThat(response.body()).contains("Sure", "upstream_error").doesNotContain("\"finish_reason\":\"");
        assertThat(lastOutcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void isNotDemandedOfWhatWasCutShort() throws Exception {
        provider.finishes(FinishReason.LENGTH, "{\"a\"");

        assertThat(wire.chat(WITH_SCHEMA).statusCode()).isEqualTo(200);
        assertThat(lastOutcome()).isEqualTo(Outcome.ANSWERED);
    }

    @Test
    void isDemandedOfResponsesToo() throws Exception {
        String schema =
                WITH_FORMAT.formatted(false, "{\"type\":\"json_schema\",\"name\":\"x\",\"schema\":" + SCHEMA + "}");
        provider.says("{\"a\":1}");
        var fits = wire.post("/v1/responses", schema, "content-type", "application/json");
        provider.says("Sure");
        var fails = wire.post("/v1/responses", schema, "content-type", "application/json");
        assertThat(lastOutcome()).isEqualTo(Outcome.FAILED);
        var stream = wire.post("/v1/responses", schema.replace("false", "true"), "content-type", "application/json");

        assertThat(fits.statusCode()).isEqualTo(200);
        assertThat(fails.statusCode()).isEqualTo(502);
        assertThat(fails.body()).contains("text.format").doesNotContain("Sure");
        assertThat(stream.body()).contains("response.failed", "event: error").doesNotContain("response.completed");
    }

    @Test
    void mayBeAnyObjectInResponsesToo() throws Exception {
        provider.says("[]");

        var response = wire.post(
                "/v1/responses",
                WITH_FORMAT.formatted(false, "{\"type\":\"json_object\"}"),
                "content-type",
                "application/json");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(provider.lastRequest().wishes().schema()).isNull();
        assertThat(provider.lastRequest().system()).startsWith("Answer with one JSON object");
    }

    @Test
    void mayBeAnyObject() throws Exception {
        provider.says("{\"b\":2}");

        var response = wire.chat(ANY_OBJECT);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(provider.lastRequest().wishes().schema()).isNull();
        assertThat(provider.lastRequest().system()).startsWith("Be brief.\nAnswer with one JSON object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "Sure", "```json\n{}\n```"})
    void isNoObjectWhereItIsSomethingElse(String answer) throws Exception {
        provider.says(answer);

        assertThat(wire.chat(ANY_OBJECT).statusCode()).isEqualTo(502);
    }

    @Test
    void isDescribedWithinALimit() throws Exception {
        String schema = SCHEMA.replaceFirst("\\{", "{\"examples\":[0" + ",0".repeat(10_000) + "],");

        var response = wire.chat(WITH_SCHEMA.replace(SCHEMA, schema));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .contains("\"param\":\"response_format.json_schema.schema\"", "at most 10000 values");
    }

    private @Nullable Outcome lastOutcome() {
        return outcomes.of(provider.lastRequest().id());
    }
}
