package dev.codewise.proxy.completion;

import dev.codewise.proxy.completion.CompletionException.Reason;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;

/**
 * How long an answer may get, as far as somebody holds all of it.
 *
 * @param longest in characters
 * @param perEvent what an event takes besides its text
 * @param sentence what to tell a client whose answer is longer
 */
public record AnswerLimit(long longest, int perEvent, String sentence) {

    /** For answers that nobody holds. */
    public static final AnswerLimit NONE = new AnswerLimit(Long.MAX_VALUE, 0, "");

    /** More than models say. */
    public static final AnswerLimit ONE_PIECE = new AnswerLimit(
            16 * 1024 * 1024, 16, "The answer is longer than fits into one piece. Ask for it as a stream.");

    /** The same events; fails in place of the one that is too much. */
    public Flux<CompletionEvent> kept(Flux<CompletionEvent> answer) {
        return equals(NONE) ? answer : Flux.defer(() -> counted(answer, new AtomicLong()));
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
