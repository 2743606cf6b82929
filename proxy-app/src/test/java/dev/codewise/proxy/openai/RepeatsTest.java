package dev.codewise.proxy.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.codewise.fixtures.MovedClock;
import dev.codewise.proxy.CapturedLog;
import dev.codewise.proxy.completion.Client;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.openai.Repeats.OwnedKey;
import dev.codewise.proxy.openai.Repeats.Sent;
import dev.codewise.proxy.web.RequestRefused;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class RepeatsTest {

    private final MovedClock clock = new MovedClock(Instant.EPOCH);
    private final Repeats repeats = new Repeats(clock);
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void areAnsweredFromTheFirstForTenMinutes() {
        ask("a");
        clock.moves(Duration.ofMinutes(10));
        ask("a");
        assertThat(runs).hasValue(1);

        clock.moves(Duration.ofMillis(1));
        ask("a");

        assertThat(runs).hasValue(2);
    }

    @Test
    void areForgottenFromTheOldestOnWhenThereAreTooMany() {
        for (int i = 0; i < 102; i++) {
            ask("key" + i);
        }

        ask("key101");
        assertThat(runs).hasValue(102);
        ask("key0");
        assertThat(runs).hasValue(103);
    }

    @Test
    void areNotMoreThanCanBeHeldWhileTheyRun() {
        List<Disposable> running = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            running.add(repeats.of(sent("key" + i), Flux::never).watch().subscribe());
        }

        repeats.of(sent("key0"), Flux::never).watch().subscribe().dispose();
        assertThatThrownBy(() -> ask("another"))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("64");
        running.get(1).dispose();
        ask("another");

        assertThat(runs).hasValue(1);
        try (var log = CapturedLog.of("reactor.core.publisher.Operators")) {
            running.forEach(Disposable::dispose);
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void keepTheAnswerAndNotWhatWasAsked() {
        var asked = askedAndAnswered("a");

        await().untilAsserted(() -> {
            System.gc();
            assertThat(asked.get()).isNull();
        });
        ask("a");
        assertThat(runs).hasValue(1);
    }

    @Test
    void areTheirOwnersAlone() {
        var mine = new Sent(new OwnedKey(Client.named("a b"), "c"), "req_1", "the same");
        var yours = new Sent(new OwnedKey(Client.named("a"), "b c"), "req_2", "the same");
        repeats.of(mine, this::answer).watch().blockLast();

        assertThat(repeats.of(yours, this::answer).id()).isEqualTo("req_2");
    }

    @Test
    void attachToNoRunThatIsBeingBrokenOff() {
        var joined = new AtomicReference<Boolean>();
        var run = new Run(sent("a"), Flux.never(), ended -> {}, lost -> joined.set(lost.join()));
        run.join();

        run.watch().subscribe().dispose();

        assertThat(joined).hasValue(false);
    }

    @Test
    void attachToARunWhoseLastWatcherLeavesWithTheWholeAnswer() {
        ask("a");

        StepVerifier.create(repeats.of(sent("a"), this::answer).watch())
                .expectNextCount(1)
                .thenCancel()
                .verify();
        ask("a");

        assertThat(runs).hasValue(1);
    }

    /** What the completion under this key holds while it runs. */
    private WeakReference<Object> askedAndAnswered(String key) {
        var large = new Object();
        repeats.of(sent(key), () -> answer().doOnNext(event -> Objects.requireNonNull(large)))
                .watch()
                .blockLast();
        return new WeakReference<>(large);
    }

    private void ask(String key) {
        repeats.of(sent(key), this::answer).watch().blockLast();
    }

    private Flux<CompletionEvent> answer() {
        runs.incrementAndGet();
        return Flux.just(new Finished(FinishReason.STOP, null, null, null));
    }

    private static Sent sent(String key) {
        return new Sent(new OwnedKey(Client.named("me"), key), "req_1", "the same");
    }
}
