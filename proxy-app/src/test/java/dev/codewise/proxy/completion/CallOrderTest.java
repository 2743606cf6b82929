package dev.codewise.proxy.completion;

import static dev.codewise.proxy.completion.Routing.END;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.CompletionEnded.Outcome;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import dev.codewise.proxy.completion.CompletionException.Reason;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

class CallOrderTest {

    private static final ToolCallPiece FIRST = piece(0, "a", "look");
    private static final ToolCallPiece SECOND = piece(1, "b", "go");

    private final Routing routing = new Routing();

    @Test
    void isThatOfTheirNumbersHoweverManyPiecesEachHas() {
        routing.first().plays(played(FIRST, piece(0, null, null), SECOND, piece(1, null, null)));

        routing.verify("sonnet")
                .expectNextCount(1)
                .expectNext(FIRST, piece(0, null, null), SECOND, piece(1, null, null), END)
                .verifyComplete();
    }

    @Test
    void leavesOutWhatIsSaidOfACallOnceMore() {
        routing.first().plays(played(FIRST, FIRST));

        routing.verify("sonnet")
                .expectNextCount(1)
                .expectNext(FIRST, piece(0, null, null), END)
                .verifyComplete();
    }

    @ParameterizedTest
    @MethodSource("disorder")
    void isNeverLeftWithoutAFailure(List<ToolCallPiece> pieces) {
        routing.first().plays(played(pieces.toArray(ToolCallPiece[]::new)));
        routing.second().isAway();

        routing.verify("sonnet")
                .thenConsumeWhile(event -> true)
                .verifyErrorSatisfies(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(
                                CompletionException.class,
                                known -> assertThat(known.reason()).isEqualTo(Reason.PROVIDER_FAILED)));
        assertThat(routing.onlyEnd().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(routing.first().cancelled()).isEqualTo(1);
    }

    static Stream<List<ToolCallPiece>> disorder() {
        return Stream.of(
                List.of(piece(0, null, "look")),
                List.of(piece(0, "a", null)),
                List.of(FIRST, piece(1, null, null)),
                List.of(FIRST, SECOND, piece(0, null, null)));
    }

    private Flux<CompletionEvent> played(ToolCallPiece... pieces) {
        return Flux.<CompletionEvent>just(new Taken(routing.first().self()))
                .concatWith(Flux.fromArray(pieces))
                .concatWithValues(END);
    }

    private static ToolCallPiece piece(int index, @Nullable String id, @Nullable String name) {
        return new ToolCallPiece(index, id, name, "");
    }
}
