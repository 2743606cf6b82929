package dev.codewise.proxy.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WholeCharactersTest {

    private static final CompletionEvent CALL = new ToolCallPiece(0, "call_1", "look", "{}");

    @Test
    void waitForTheirOtherHalf() {
        assertThat(handedOn(new Text("a\ud83d"), new Text("\ude00b"))).containsExactly(new Text("a"), new Text("😀b"));
        assertThat(handedOn(new Thinking("\ud83d"), new Thinking("\ude00"))).containsExactly(new Thinking("😀"));
    }

    @Test
    void areReplacedWhereTheOtherHalfNeverComes() {
        assertThat(handedOn(new Text("a\ud83d"), new Text("b"))).containsExactly(new Text("a"), new Text("\ufffdb"));
        assertThat(handedOn(new Text("\ude00b"))).containsExactly(new Text("\ufffdb"));
        assertThat(handedOn(new Text("a\ud83d"), Routing.END))
                .containsExactly(new Text("a"), new Text("\ufffd"), Routing.END);
        assertThat(handedOn(new Thinking("\ud83d"), CALL)).containsExactly(new Thinking("\ufffd"), CALL);
    }

    @Test
    void passAsTheyAre() {
        var events = List.of(new Thinking("hm 😀"), new Text("日本 😀"), CALL, Routing.END);

        assertThat(handedOn(events.toArray(CompletionEvent[]::new))).isEqualTo(events);
    }

    @Test
    void areWhatTheRouterHandsOut() {
        var routing = new Routing();
        routing.first().says("Hi \ud83d", "\ude00");

        routing.verify("sonnet")
                .expectNextCount(1)
                .expectNext(new Text("Hi "), new Text("😀"))
                .expectNextMatches(Finished.class::isInstance)
                .verifyComplete();
    }

    private static List<CompletionEvent> handedOn(CompletionEvent... events) {
        var characters = new WholeCharacters();
        return Stream.of(events).flatMap(event -> characters.of(event).stream()).toList();
    }
}
