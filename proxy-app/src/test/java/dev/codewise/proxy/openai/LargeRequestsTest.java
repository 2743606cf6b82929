package dev.codewise.proxy.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.Part;
import dev.codewise.proxy.completion.Part.ToolResult;
import dev.codewise.proxy.completion.ScriptedProvider;
import dev.codewise.proxy.completion.Turn;
import dev.codewise.proxy.completion.Turn.Role;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@OpenAiSlice
class LargeRequestsTest {

    @Autowired
    private ScriptedProvider provider;

    @LocalServerPort
    private int port;

    private Wire wire;

    @BeforeEach
    void answer() {
        wire = new Wire(port);
        provider.says("Hello");
    }

    @Test
    void mayHoldTenThousandMessages() throws Exception {
        var messages = IntStream.range(0, 10_000)
                .mapToObj(i -> "{\"role\":\"%s\",\"content\":[{\"type\":\"text\",\"text\":\"Message %d\"}]}"
                        .formatted(i % 2 == 0 ? "assistant" : "user", i))
                .collect(Collectors.joining(","));

        var response = wire.chat("{\"model\":\"sonnet\",\"messages\":[" + messages + "]}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(provider.lastRequest().turns()).hasSize(10_000);
    }

    @Test
    void mayHoldTenThousandCallsOfResponses() throws Exception {
        var calls = IntStream.range(0, 10_000)
                .mapToObj(i -> "{\"type\":\"function_call\",\"call_id\":\"c%d\",\"name\":\"f\",\"arguments\":\"\"}"
                        .formatted(i));
        var outputs = IntStream.range(0, 10_000)
                .mapToObj(i -> "{\"type\":\"function_call_output\",\"call_id\":\"c%d\",\"output\":\"x\"}".formatted(i));
        String items = Stream.concat(calls, outputs).collect(Collectors.joining(","));

        var response = wire.post(
                "/v1/responses",
                "{\"model\":\"sonnet\",\"store\":false,\"input\":[" + items + "]}",
                "content-type",
                "application/json");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(provider.lastRequest().turns())
                .extracting(turn -> turn.parts().size())
                .containsExactly(10_000, 10_000);
    }

    @Test
    void mayHoldTwoMegabytesOfAToolsOutput() throws Exception {
        String output = "x".repeat(2 * 1024 * 1024);

        var response = wire.chat("""
                {"model":"sonnet","messages":[
                  {"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]},
                  {"role":"tool","tool_call_id":"a","content":"%s"}]}""".formatted(output));

        assertThat(response.statusCode()).isEqualTo(200);
        var turns = provider.lastRequest().turns();
        assertThat(turns.get(turns.size() - 1))
                .isEqualTo(new Turn(Role.USER, List.of(new ToolResult("a", List.of(new Part.Text(output)), false))));
    }

    @Test
    void areRefusedBeyondTheLimitThatIsNamed() throws Exception {
        String question = "x".repeat(9 * 1024 * 1024);

        var response = wire.chat("""
                {"model":"sonnet","messages":[{"role":"user","content":"%s"}]}""".formatted(question));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("8388608 bytes");
    }
}
