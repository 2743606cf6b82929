package dev.codewise.proxy.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class RequestIdTest {

    private static final String SHAPE = "req_[a-z0-9]{8}_[A-Za-z0-9_-]{22}";

    @Test
    void hasTheShapeThatAgentsAreTold() {
        assertThat(Stream.generate(RequestId::next).limit(1000))
                .allSatisfy(id -> assertThat(id).matches(SHAPE));
    }

    @Test
    void isNeverTheSameTwice() {
        assertThat(Stream.generate(RequestId::next).limit(10_000)).doesNotHaveDuplicates();
    }

    @Test
    void namesTheProcessThatMadeIt() {
        assertThat(Stream.generate(RequestId::next).limit(100).map(id -> id.substring(0, "req_12345678".length())))
                .containsOnly(RequestId.next().substring(0, "req_12345678".length()));
    }

    @Test
    void isOursInTheAnswerWhateverTheClientCallsItsRequest() {
        var exchange =
                MockServerWebExchange.from(MockServerHttpRequest.get("/").header(RequestId.HEADER, "req_theirs\u0000"));

        var filtered = new RequestIdFilter().filter(exchange, rest -> Mono.empty());

        StepVerifier.create(filtered).verifyComplete();
        assertThat(exchange.getResponse().getHeaders().get(RequestId.HEADER))
                .singleElement()
                .isEqualTo(RequestId.of(exchange))
                .asString()
                .matches(SHAPE);
    }
}
