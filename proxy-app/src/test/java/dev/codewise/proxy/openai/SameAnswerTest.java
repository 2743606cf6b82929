package dev.codewise.proxy.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.EveryWay;
import dev.codewise.proxy.EveryWay.Call;
import dev.codewise.proxy.EveryWay.Heard;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.completion.ScriptedProvider;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.publisher.Flux;

/** One prompt, asked in every way there is: whoever answers, the answer is the same. */
@OpenAiSlice
class SameAnswerTest {

    @Autowired
    private ScriptedProvider provider;

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "TOOL_CALLS")
    void comesInEveryFormat(FinishReason reason) throws Exception {
        provider.finishes(reason, "Hel", "lo");

        assertThat(ask()).isEqualTo(Collections.nCopies(6, new Heard("Hello", 117, 100, 5, reason)));
    }

    @Test
    void callsTheSameToolsInEveryFormat() throws Exception {
        provider.plays(Flux.just(
                new Taken(provider.self()),
                new Text("Hello"),
                new ToolCallPiece(0, "toolu_a", "look", "{\"at\":"),
                new ToolCallPiece(0, null, null, "[1,\"\u00e9\"]}"),
                new ToolCallPiece(1, "toolu_b", "go", "{}"),
                new Finished(FinishReason.TOOL_CALLS, ScriptedProvider.USAGE, null, ScriptedProvider.MODEL)));
        var calls = List.of(new Call("toolu_a", "look", "{\"at\":[1,\"\u00e9\"]}"), new Call("toolu_b", "go", "{}"));

        assertThat(ask())
                .isEqualTo(Collections.nCopies(6, new Heard("Hello", 117, 100, 5, FinishReason.TOOL_CALLS, calls)));
    }

    private List<Heard> ask() throws Exception {
        return new EveryWay(URI.create("http://127.0.0.1:" + port), "any").ask("Hi");
    }
}
