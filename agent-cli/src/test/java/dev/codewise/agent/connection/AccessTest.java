package dev.codewise.agent.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.agent.connection.Access.Offer;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessTest {

    private static final URI STREAM = URI.create("http://127.0.0.1:1/api/agent/connect");

    @Test
    void asksForAStreamThatMayLastForEver() {
        var request = access(new Offer(4, List.of(), "1", "")).request();

        assertThat(request.timeout()).isEmpty();
    }

    @Test
    void leavesOutWhatIsNotOffered() {
        var headers = access(new Offer(4, List.of(), "1", "")).request().headers();

        assertThat(headers.firstValue("X-Agent-Models")).isEmpty();
        assertThat(headers.firstValue("X-Agent-Cli-Version")).isEmpty();
        assertThat(headers.firstValue("X-Agent-Max-Concurrency")).contains("4");
    }

    @Test
    void neverPrintsTheSecret() {
        assertThat(access(new Offer(4, List.of(), "1", "")).toString()).doesNotContain("the-secret");
    }

    private static Access access(Offer offer) {
        return new Access(STREAM, "the-secret", "laptop-1", "an-instance", offer);
    }
}
