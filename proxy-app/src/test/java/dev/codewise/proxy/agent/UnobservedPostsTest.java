package dev.codewise.proxy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.Observation;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;

class UnobservedPostsTest {

    private final UnobservedPosts rule = new UnobservedPosts();

    @Test
    void areThePiecesOfAnswersAndNothingElse() {
        assertThat(isObserved("/api/agent/response")).isFalse();
        assertThat(isObserved("/api/agent/connect")).isTrue();
        assertThat(isObserved("/v1/chat/completions")).isTrue();
        assertThat(rule.test("anything", new Observation.Context())).isTrue();
    }

    private boolean isObserved(String path) {
        return rule.test(
                "http.server.requests",
                new ServerRequestObservationContext(
                        MockServerHttpRequest.post(path).build(), new MockServerHttpResponse(), Map.of()));
    }
}
