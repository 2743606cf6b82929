package dev.codewise.proxy.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.home.Secret;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

class PassedHeadersTest {

    @Test
    void areAllButThoseOfTheConnectionAndTheClientsOwn() {
        var given = new HttpHeaders();
        given.add("Anthropic-Beta", "a");
        given.add("anthropic-beta", "b");
        given.add("Accept-Encoding", "gzip");
        given.add("Connection", "keep-alive, X-Hop");
        given.add("X-Hop", "1");
        given.add("Transfer-Encoding", "chunked");
        given.add("Authorization", "Bearer theirs");
        given.add("X-Api-Key", "theirs");
        given.add("X-Forwarded-Host", "theirs");
        given.add("Host", "127.0.0.1");

        HttpHeaders passed = PassedHeaders.toTheApi(given, Secret.of("ours"));

        assertThat(passed.getOrEmpty("anthropic-beta")).containsExactly("a", "b");
        assertThat(passed.getOrEmpty("x-api-key")).containsExactly("ours");
        assertThat(passed.headerNames()).containsExactlyInAnyOrder("Anthropic-Beta", "x-api-key");
    }

    @Test
    void tellTheClientNothingThatConcernsAnotherHost() {
        var given = new HttpHeaders();
        given.add("Retry-After", "7");
        given.add("request-id", "req_theirs");
        given.add("X-Request-Id", "req_theirs");
        given.add("Set-Cookie", "a=b");
        given.add("Access-Control-Allow-Origin", "*");
        given.add("Keep-Alive", "timeout=5");

        HttpHeaders passed = PassedHeaders.toTheClient(given);

        assertThat(passed.headerNames()).containsExactlyInAnyOrder("Retry-After", "request-id");
    }
}
