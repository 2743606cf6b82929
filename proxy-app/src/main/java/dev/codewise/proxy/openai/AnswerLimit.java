package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;

/** How long an answer may get, as far as somebody holds all of it; the longest ones are more than models say. */
public enum AnswerLimit {
    NONE(Long.MAX_VALUE, 0, ""),
    ONE_PIECE(16 * 1024 * 1024, 0, "The answer is longer than fits into one piece. Ask for it as a stream."),
    REPEATABLE(
            4 * 1024 * 1024,
            100,
            "The answer is longer than the 4 MiB that are held for a request with an " + ChatAnswers.KEY
                    + ". Ask without one."),
    RESPONSE(16 * 1024 * 1024, 0, "The answer is longer than a response can be.");

    private final long longest;
    private final int perEvent;
    private final String sentence;

    /** @param perEvent what an event takes besides its text */
    AnswerLimit(long longest, int perEvent, String sentence) {
        this.longest = longest;
        this.perEvent = perEvent;
        this.sentence = sentence;
    }

    static AnswerLimit of(Delivery delivery) {
        return switch (delivery) {
            case IN_ONE_PIECE -> ONE_PIECE;
            case AS_STREAM, AS_STREAM_WITH_USAGE -> NONE;
        };
    }

    /** The same events; fails in place of the one that is too much. */
    Flux<CompletionEvent> kept(Flux<CompletionEvent> answer) {
        return this == NONE ? answer : Flux.defer(() -> counted(answer, new AtomicLong()));
    }

    private Flux<CompletionEvent> counted(Flux<CompletionEvent> answer, AtomicLong length) {
        return answer.doOnNext(event -> check(length.addAndGet(EventLength.of(event) + perEvent)));
    }

    private void check(long length) {
        if (length > longest) {
            throw new CompletionException(Reason.PROVIDER_FAILED, sentence);
        }
    }
}
