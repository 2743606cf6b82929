package dev.codewise.proxy.status.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ResponseStatusException;
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

    private static DataBuffer piece() {
        return DefaultDataBufferFactory.sharedInstance.wrap("piece".getBytes(StandardCharsets.UTF_8));
    }
}
