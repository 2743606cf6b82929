package dev.codewise.proxy.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.ModelSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

@OpenAiSlice
@TestPropertySource(properties = "codewise.completion.model-alias-list=a/b=opus")
@Import(ModelsTest.Agents.class)
class ModelsTest {

    /** What agents that are connected might say, good names and bad ones. */
    static class Agents {

        @Bean
        ModelSource agents() {
            return client -> List.of("sonnet[1m]", "opus", "claude-next", "--model", "a b");
        }
    }

    @LocalServerPort
    private int port;

    private Wire wire;

    @BeforeEach
    void connect() {
        wire = new Wire(port);
    }

    @Test
    void areListedInAStableOrder() throws Exception {
        var response = wire.get("/v1/models");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("""
                {"object":"list","data":[\
                {"id":"sonnet","object":"model","created":1735689600,"owned_by":"anthropic"},\
                {"id":"opus","object":"model","created":1735689600,"owned_by":"anthropic"},\
                {"id":"haiku","object":"model","created":1735689600,"owned_by":"anthropic"},\
                {"id":"a/b","object":"model","created":1735689600,"owned_by":"anthropic"},\
                {"id":"claude-next","object":"model","created":1735689600,"owned_by":"anthropic"},\
                {"id":"sonnet[1m]","object":"model","created":1735689600,"owned_by":"anthropic"}]}""");
    }

    @ParameterizedTest
    @CsvSource({"sonnet,sonnet", "claude-sonnet-4-5,claude-sonnet-4-5", "a%2Fb,a/b", "sonnet%5B1m%5D,sonnet[1m]"})
    void areFoundByTheirNames(String path, String id) throws Exception {
        var response = wire.get("/v1/models/" + path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"id\":\"" + id
                        + "\",\"object\":\"model\",\"created\":1735689600,\"owned_by\":\"anthropic\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-9", "x%2Fy", "claude-%0d%0aX", "%ED%A0%80"})
    void areNotFoundUnderNamesThatNobodyKnows(String path) throws Exception {
        var response = wire.get("/v1/models/" + path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("\"code\":\"model_not_found\"", "\"param\":\"model\"");
    }

    @Test
    void areListedInAnthropicsShapeForClientsOfTheirs() throws Exception {
        var response = wire.send(wire.request("/v1/models").header("anthropic-version", "2023-06-01"));

        assertThat(response.body()).startsWith("""
                {"data":[{"type":"model","id":"sonnet","display_name":"sonnet","created_at":"2025-01-01T00:00:00Z"},""");
        assertThat(response.body()).endsWith("""
                "has_more":false,"first_id":"sonnet","last_id":"sonnet[1m]"}""");
    }

    @Test
    void areFoundInAnthropicsShapeToo() throws Exception {
        var response = wire.send(wire.request("/v1/models/a%2Fb").header("anthropic-version", "2023-06-01"));

        assertThat(response.body()).isEqualTo("""
                {"type":"model","id":"a/b","display_name":"a/b","created_at":"2025-01-01T00:00:00Z"}""");
    }

    @Test
    void areOnlyForReading() throws Exception {
        var response = wire.post("/v1/models", "{}", "content-type", "application/json");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("allow")).hasValue("GET");
        assertThat(response.body()).contains("\"type\":\"invalid_request_error\"");
    }
}
