package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.AnswerLimit;
import dev.codewise.proxy.completion.Client;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.web.HttpFailure;
import dev.codewise.proxy.web.RequestRefused;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Flux;

/**
 * The runs of requests that came with a key of their own, so that one that is sent again is not done again: while it runs its
 * repeat attaches to it, for ten minutes afterwards its repeat gets the same answer. A failure is not kept.
 *
 * <p>No more than so many may run at once, and the last hundred answers are kept; {@link #LIMIT} and {@link Recording} limit
 * each.
 */
final class Repeats {

    /** Of an answer that is held while it runs. */
    static final AnswerLimit LIMIT = new AnswerLimit(
            4 * 1024 * 1024,
            100,
            "The answer is longer than the 4 MiB that are held for a request with an " + ChatAnswers.KEY
                    + ". Ask without one.");

    private static final int MOST_RUNNING = 64;
    private static final int MOST_KEPT = 100;
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration KEPT_FOR = Duration.ofMinutes(10);

    private final Map<OwnedKey, Run> running = new LinkedHashMap<>();
    private final Map<OwnedKey, Kept> kept = new LinkedHashMap<>();
    private final Clock clock;

    /** Whose word it is: nobody comes across the answers of another one's key, nor of what a key might ask before. */
    record OwnedKey(Client client, String word) {}

    /** A request under its key: its own id, and what is the same for all that ask the same. */
    record Sent(OwnedKey key, String id, String fingerprint) {}

    /** A run that is over. */
    private record Kept(Run run, Instant until) {}

    Repeats(Clock clock) {
        this.clock = clock;
    }

    /** The run under this key, which is a new one where there is none. Whoever gets it must watch it. */
    synchronized Run of(Sent sent, Supplier<Flux<CompletionEvent>> completion) {
        forgetTheOld();
        Run known = kept.containsKey(sent.key) ? kept.get(sent.key).run() : running.get(sent.key);
        if (known != null && !known.isOf(sent)) {
            throw otherQuestion();
        }
        return known != null && known.join() ? known : begun(sent, completion);
    }

    private Run begun(Sent sent, Supplier<Flux<CompletionEvent>> completion) {
        if (running.size() >= MOST_RUNNING) {
            throw tooMany();
        }
        var run = new Run(sent, completion.get(), ended -> keep(sent.key, ended), lost -> forget(sent.key, lost));
        running.put(sent.key, run);
        run.join();
        return run;
    }

    private synchronized void keep(OwnedKey key, Run run) {
        if (running.remove(key, run)) {
            kept.put(key, new Kept(run, clock.instant().plus(KEPT_FOR)));
        }
    }

    private synchronized void forget(OwnedKey key, Run run) {
        running.remove(key, run);
    }

    private void forgetTheOld() {
        Instant now = clock.instant();
        var oldestFirst = kept.values().iterator();
        while (oldestFirst.hasNext()) {
            boolean old = oldestFirst.next().until().isBefore(now);
            if (!old && kept.size() <= MOST_KEPT) {
                return;
            }
            oldestFirst.remove();
        }
    }

    private static RequestRefused tooMany() {
        return new RequestRefused(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "No more than " + MOST_RUNNING + " requests with an " + ChatAnswers.KEY
                                + " are answered at once. Try again, or ask without one.")
                .retryAfter(SOON);
    }

    private static OpenAiRefusal otherQuestion() {
        var http = new HttpFailure(
                        HttpStatus.CONFLICT, "Another request came with this Idempotency-Key. Give each one its own.")
                .withHeader("x-should-retry", "false");
        return new OpenAiRefusal(new OpenAiFailure(http, "invalid_request_error", "idempotency_conflict"));
    }
}
