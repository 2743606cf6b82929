package dev.codewise.proxy.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.web.RequestId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The one part of /v1 whose clients know another shape. */
@OpenAiSlice
class MessagesErrorsTest {

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(strings = {"/v1/messages/batches", "/v1/messages/nowhere?beta=true"})
    void haveAnthropicsShape(String path) throws Exception {
        var response = new Wire(port).post(path, "{}", "content-type", "application/json");

        String id = response.headers().firstValue(RequestId.HEADER).orElseThrow();
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("request-id")).hasValue(id);
        assertThat(response.body()).isEqualTo("""
                {"type":"error","error":{"type":"not_found_error","message":"Nothing is served at this path."},\
                "request_id":"%s"}""".formatted(id));
    }

    @Test
    void coverWhatIsRefusedBeforeThePathIsLookedAt() throws Exception {
        var response = new Wire(port).post("/v1/messages", "{}", "content-encoding", "gzip");

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body()).contains("\"type\":\"invalid_request_error\"");
    }

    @Test
    void coverABodyThatIsTooLarge() throws Exception {
        var response = new Wire(port)
                .post("/v1/messages", " ".repeat(8 * 1024 * 1024 + 1), "content-type", "application/json");

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("\"type\":\"request_too_large\"");
    }
}
