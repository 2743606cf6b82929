package dev.codewise.proxy.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.EveryWay;
import dev.codewise.proxy.EveryWay.Heard;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.completion.ScriptedProvider;
import java.net.URI;
import java.util.Collections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

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

        var heard = new EveryWay(URI.create("http://127.0.0.1:" + port), "any").ask("Hi");

        assertThat(heard).isEqualTo(Collections.nCopies(6, new Heard("Hello", 117, 100, 5, reason)));
    }
}
