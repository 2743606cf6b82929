package dev.codewise.proxy.pulse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

class PulseTest {

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final AtomicInteger beats = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private VirtualTimeScheduler clock = VirtualTimeScheduler.create();

    @BeforeEach
    void holdTheClock() {
        clock = VirtualTimeScheduler.getOrSet();
    }

    @AfterEach
    void letTheClockGo() {
        VirtualTimeScheduler.reset();
    }

    @Test
    void beatsAtTheStartAndAfterEachPause() {
        var pulse = Pulse.every(PAUSE, "to count", () -> Mono.fromSupplier(beats::incrementAndGet));

        pulse.start();
        clock.advanceTimeBy(PAUSE.multipliedBy(3));

        assertThat(pulse.isRunning()).isTrue();
        assertThat(beats).hasValue(4);
    }

    @Test
    void goesOnAfterABeatThatFails() {
        var pulse = Pulse.every(PAUSE, "to fail", () -> {
            throw new IllegalStateException("beat " + beats.incrementAndGet());
        });

        pulse.start();
        clock.advanceTimeBy(PAUSE);

        assertThat(beats).hasValue(2);
    }

    @Test
    void hasNoSecondBeatBesideALongOne() {
        var pulse = Pulse.every(
                PAUSE,
                "to take long",
                () -> Mono.delay(PAUSE.multipliedBy(5)).doOnSubscribe(begun -> beats.incrementAndGet()));

        pulse.start();
        clock.advanceTimeBy(PAUSE.multipliedBy(4));

        assertThat(beats).hasValue(1);
    }

    @Test
    void isStillAfterItsLastBeat() {
        var pulse = Pulse.every(PAUSE, "to count", () -> Mono.fromSupplier(beats::incrementAndGet))
                .andAtTheEnd(() -> Mono.fromSupplier(() -> beats.addAndGet(100)));
        pulse.start();

        pulse.stop(ended::incrementAndGet);
        clock.advanceTimeBy(PAUSE.multipliedBy(3));

        assertThat(pulse.isRunning()).isFalse();
        assertThat(beats).hasValue(101);
        assertThat(ended).hasValue(1);
    }

    @Test
    void endsWithoutALastBeatThatTakesTooLong() {
        var pulse = Pulse.every(PAUSE, "to wait", Mono::never).andAtTheEnd(Mono::never);
        pulse.start();

        pulse.stop(ended::incrementAndGet);
        clock.advanceTimeBy(Duration.ofSeconds(5));

        assertThat(ended).hasValue(1);
    }

    @Test
    void endsAtOnceWhereItNeverBegan() {
        var pulse = Pulse.every(PAUSE, "to wait", Mono::never).andAtTheEnd(Mono::never);

        pulse.stop(ended::incrementAndGet);

        assertThat(ended).hasValue(1);
    }
}
