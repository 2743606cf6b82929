package dev.codewise.proxy.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An answer in one piece with white space before it, which no reader of JSON minds, from the time on at which clients and what is
 * between us and them would give up. Until then a failure is a status; from then on it is the body.
 */
public final class LongWait {

    private static final byte[] SPACE = "\n".getBytes(StandardCharsets.US_ASCII);

    private final Duration silence;
    private final Duration beat;

    public LongWait(Duration silence, Duration beat) {
        this.silence = silence;
        this.beat = beat;
    }

    public Flux<byte[]> of(Mono<byte[]> answer, Function<Throwable, byte[]> errorBody) {
        return Flux.merge(answer, spaces())
                .takeUntil(bytes -> bytes != SPACE)
                .switchOnFirst((first, all) -> first.hasValue() ? sayingWhyItFails(all, errorBody) : all);
    }

    private Flux<byte[]> spaces() {
        return Flux.interval(silence, beat).onBackpressureDrop().map(tick -> SPACE);
    }

    private static Flux<byte[]> sayingWhyItFails(Flux<byte[]> body, Function<Throwable, byte[]> errorBody) {
        return body.onErrorResume(failure -> Mono.just(errorBody.apply(failure)));
    }
}
