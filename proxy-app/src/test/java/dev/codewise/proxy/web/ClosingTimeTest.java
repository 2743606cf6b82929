package dev.codewise.proxy.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class ClosingTimeTest {

    private final ClosingTime closingTime = new ClosingTime();
    private final MockServerWebExchange exchange =
            MockServerWebExchange.from(MockServerHttpRequest.post("/v1/chat/completions"));

    @Test
    void letsEverythingInFromTheBeginning() {
        StepVerifier.create(closingTime.filter(exchange, e -> Mono.empty())).verifyComplete();

        assertThat(exchange.getResponse().getHeaders().headerNames()).isEmpty();
    }

    @Test
    void refusesWhatComesWhenTheServerStopsAndEndsTheConnection() {
        closingTime.stop();

        StepVerifier.create(closingTime.filter(exchange, e -> Mono.error(new AssertionError("let in"))))
                .verifyErrorSatisfies(refusal ->
                        assertThat(HttpFailure.of(refusal).status().value()).isEqualTo(503));
        assertThat(exchange.getResponse().getHeaders().getFirst("Connection")).isEqualTo("close");
    }

    @Test
    void comesBeforeTheServerBeginsToStop() {
        assertThat(closingTime.getPhase()).isGreaterThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
    }
}
