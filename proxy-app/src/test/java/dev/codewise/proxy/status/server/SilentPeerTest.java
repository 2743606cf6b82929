package dev.codewise.proxy.status.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.netty.http.server.HttpServer;

@DisplayName("M14: whoever vanishes without a word is noticed, and not taken for one that does not read")
class SilentPeerTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String PIECE = "x".repeat(64 * 1024);

    private boolean silent = true;
    private final EmbeddedChannel channel = new EmbeddedChannel();

    SilentPeerTest() {
        channel.freezeTime();
        channel.pipeline().addFirst(new SilentPeer(LIMIT, since -> silent));
    }

    @Test
    void isHungUpOnAfterTheLimit() {
        pass(LIMIT.minusSeconds(1));
        assertThat(channel.isOpen()).isTrue();

        pass(Duration.ofSeconds(1));
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void isHeardAgainWithTheNextAcknowledgement() {
        pass(LIMIT.minusSeconds(1));
        silent = false;
        pass(LIMIT.dividedBy(8));
        silent = true;

        pass(LIMIT.dividedBy(2));

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void isNotWhoDoesNotRead() throws IOException {
        assumeTrue(Epoll.isAvailable());
        var gone = new CompletableFuture<Void>();
        var limits = new ServerProperties(LIMIT, LIMIT, LIMIT, LIMIT, SHORT, LIMIT);
        var server = new ConnectionLimits(limits)
                .apply(HttpServer.create().host("127.0.0.1").port(0))
                .doOnConnection(connection -> connection.onDispose(() -> gone.complete(null)))
                .handle((request, response) ->
                        response.sendString(Flux.just(PIECE).repeat(100)))
                .bindNow();

        try (var client = RawClient.connectedTo(server.port())) {
            client.sends("GET / HTTP/1.1\r\nHost: x\r\n\r\n").until("x");

            assertThatThrownBy(() -> gone.get(6 * SHORT.toMillis(), TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
        } finally {
            server.disposeNow();
        }
    }

    private void pass(Duration time) {
        for (long second = 0; second < time.toMillis(); second += 500) {
            channel.advanceTimeBy(500, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
    }
}
