package dev.codewise.proxy.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.ScriptedProvider;
import dev.codewise.proxy.openai.OpenAiSlice;
import dev.codewise.proxy.openai.Wire;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@OpenAiSlice
class DatabaseAwayTest {

    @Autowired
    private ScriptedProvider provider;

    @LocalServerPort
    private int port;

    private Responses responses;

    @BeforeEach
    void connect() {
        responses = new Responses(new Wire(port));
        provider.says("Hello");
    }

    @Test
    void answersAllTheSameAndSaysThatNothingIsKept() throws Exception {
        var response = responses.ask("");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("x-codewise-warning")).hasValue("the response could not be kept");
        assertThat(Responses.json(response).path("store").asBoolean()).isFalse();
    }

    @Test
    void saysInTheLastEventThatNothingIsKept() throws Exception {
        var events = Responses.events(responses.ask("\"stream\":true"));

        assertThat(events.get(0).data().at("/response/store").asBoolean()).isTrue();
        var last = events.get(events.size() - 1);
        assertThat(last.type()).isEqualTo("response.completed");
        assertThat(last.data().at("/response/store").asBoolean()).isFalse();
    }

    @Test
    void doesNotWarnWhereNothingWasToBeKept() throws Exception {
        var response = responses.ask("\"store\":false");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("x-codewise-warning")).isEmpty();
    }

    @Test
    void refusesWhatNeedsWhatIsKept() throws Exception {
        var next = responses.ask("\"previous_response_id\":\"resp_1\"");
        var one = responses.wire().get(Responses.PATH + "/resp_1");

        assertThat(next.statusCode()).isEqualTo(503);
        assertThat(next.headers().firstValue("retry-after")).isPresent();
        assertThat(Responses.json(next).at("/error/message").asString()).contains("database");
        assertThat(one.statusCode()).isEqualTo(503);
        assertThat(provider.asked()).isZero();
    }
}
