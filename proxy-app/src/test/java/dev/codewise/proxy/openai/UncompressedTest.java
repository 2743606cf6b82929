package dev.codewise.proxy.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.ScriptedProvider;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Streams to clients that would take them compressed, from a server that compresses other answers: events would wait in there. */
@OpenAiSlice
@TestPropertySource(properties = {"server.compression.enabled=true", "server.compression.min-response-size=1B"})
class UncompressedTest {

    @Autowired
    private ScriptedProvider provider;

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, 'messages:[{role:user,content:Hi}]'",
        "/v1/completions, prompt:Hi",
        "/v1/responses, input:Hi",
        "/v1/messages, 'max_tokens:9,messages:[{role:user,content:Hi}]'"
    })
    void areStreamsThatArriveWordByWord(String path, String fields) throws Exception {
        provider.stallsAfter("Hel");
        String body = "{\"model\":\"sonnet\",\"stream\":true," + fields.replaceAll("([a-zA-Z]\\w*)", "\"$1\"") + "}";

        try (Socket client = new Wire(port)
                .dial("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                        + "Accept-Encoding: gzip, deflate, br\r\nContent-Length: " + body.length() + "\r\n\r\n"
                        + body)) {
            List<String> lines = Wire.linesOf(client)
                    .takeWhile(line -> !line.contains("\"Hel\""))
                    .toList();

            assertThat(lines).contains("HTTP/1.1 200 OK", "Content-Type: text/event-stream");
            assertThat(lines).noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("content-encoding"));
        }
    }
}
