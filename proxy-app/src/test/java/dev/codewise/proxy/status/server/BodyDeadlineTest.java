package dev.codewise.proxy.status.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class BodyDeadlineTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final TestPublisher<DataBuffer> body = TestPublisher.create();

    @ParameterizedTest
    @CsvSource({"PT0.1S, PT1M", "PT1M, PT0.1S"})
    void letsGoOfABodyThatItGivesUp(Duration pause, Duration whole) {
        var deadline = new BodyDeadline(pause, whole);
        var exchange =
                MockServerWebExchange.from(MockServerHttpRequest.post("/").body(body.flux()));

        Mono<Void> reading = deadline.filter(
                exchange, limited -> limited.getRequest().getBody().then());

        StepVerifier.create(reading)
                .then(() -> body.next(piece()))
                .expectError(ResponseStatusException.class)
                .verify(LONG);
        body.assertCancelled();
    }

    @Test
    void doesNotCountTheTimeInWhichNobodyAsksForMoreOfWhatAnAgentStreams() {
        var pause = Duration.ofMillis(100);

        StepVerifier.create(streamed(pause), 1)
                .then(() -> body.next(piece()))
                .expectNextCount(1)
                .thenAwait(pause.multipliedBy(3))
                .thenRequest(1)
                .then(() -> body.next(piece()))
                .expectNextCount(1)
                .then(body::complete)
                .verifyComplete();
    }

    @Test
    void givesUpWhatAnAgentStreamsWhenThePieceThatIsAskedForDoesNotCome() {
        StepVerifier.create(streamed(Duration.ofMillis(100)), 1)
                .then(() -> body.next(piece()))
                .expectNextCount(1)
                .thenRequest(1)
                .expectError(ResponseStatusException.class)
                .verify(LONG);
        body.assertCancelled();
    }

    private Flux<DataBuffer> streamed(Duration pause) {
        var request = MockServerHttpRequest.post("/").contentType(MediaType.APPLICATION_NDJSON);
        var seen = new AtomicReference<Flux<DataBuffer>>();
        return new BodyDeadline(pause, LONG)
                .filter(MockServerWebExchange.from(request.body(body.flux())), limited -> {
                    seen.set(limited.getRequest().getBody());
                    return Mono.empty();
                })
                .thenMany(Flux.defer(seen::get));
    }

    private static DataBuffer piece() {
        return DefaultDataBufferFactory.sharedInstance.wrap("piece".getBytes(StandardCharsets.UTF_8));
    }
}
