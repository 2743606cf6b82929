package dev.codewise.proxy.status.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.handler.WebFluxResponseStatusExceptionHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

class SlowClientTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final ServerProperties LIMITS = new ServerProperties(
            SHORT, SHORT, Duration.ofMillis(800), SHORT, Duration.ofSeconds(20), Duration.ofSeconds(60));
    private static final ServerProperties PATIENT = new ServerProperties(
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60));

    private final CompletableFuture<Integer> userTimeout = new CompletableFuture<>();
    private final DisposableServer server = start(LIMITS);
    private final DisposableServer patient = start(PATIENT);

    private DisposableServer start(ServerProperties limits) {
        var handler = WebHttpHandlerBuilder.webHandler(RouterFunctions.toWebHandler(routes()))
                .filter(new BodyDeadline(limits.bodyPause(), limits.body()))
                .exceptionHandler(new WebFluxResponseStatusExceptionHandler())
                .build();
        return new ConnectionLimits(limits)
                .apply(HttpServer.create().host("127.0.0.1").port(0))
                .doOnConnection(connection -> userTimeout.complete(
                        connection.channel().config().getOption(EpollChannelOption.TCP_USER_TIMEOUT)))
                .handle(new ReactorHttpHandlerAdapter(handler))
                .bindNow();
    }

    private static RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .POST("/echo", SlowClientTest::echo)
                .GET("/quiet", request -> quiet())
                .GET(
                        "/later",
                        request -> Mono.delay(SHORT).then(ServerResponse.ok().bodyValue("<later>")))
                .POST(
                        "/refused",
                        request -> ServerResponse.status(HttpStatus.CONTENT_TOO_LARGE)
                                .header("Connection", "close")
                                .bodyValue("<too large>"))
                .GET("/now", request -> ServerResponse.ok().bodyValue("<now>"))
                .build();
    }

    private static Mono<ServerResponse> echo(ServerRequest request) {
        return request.bodyToMono(String.class)
                .flatMap(text -> ServerResponse.ok().bodyValue("<" + text + ">"));
    }

    private static Mono<ServerResponse> quiet() {
        return ServerResponse.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .body(Flux.just("hello", "bye").delayElements(SHORT.multipliedBy(3)), String.class);
    }

    @AfterEach
    void stop() {
        server.disposeNow();
        patient.disposeNow();
    }

    @Test
    void aHeaderThatComesByteByByteIsAnsweredWith408() throws IOException {
        try (var client = RawClient.connectedTo(server.port())) {
            client.sends("GET /quiet HTTP/1.1\r\nX: ");

            String answer = client.sendsUntilAnswered("x", SHORT.dividedBy(10));

            assertThat(answer).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void aHeaderOnAConnectionThatServedBeforeHasADeadlineToo() throws IOException {
        try (var client = RawClient.connectedTo(server.port())) {
            client.sends(post("text/plain", 2) + "ab").until("<ab>");

            String answer = client.sends("POST /ec").untilClosed();

            assertThat(answer).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void aStreamMayBeQuietAndAConnectionMayRest() throws IOException {
        try (var client = RawClient.connectedTo(server.port())) {
            client.sends(post("text/plain", 2) + "ab").until("<ab>");
            client.sends(get("/quiet")).until("data:bye\n\n\r\n0\r\n\r\n");

            String answer = client.sends(post("text/plain", 2) + "cd").until("<cd>");

            assertThat(answer).startsWith("HTTP/1.1 200 ");
        }
    }

    /** The second request is answered at once from the queue in which it waited: after that the server must read on. */
    @Test
    void aConnectionServesOnAfterRequestsThatCameTogether() throws IOException {
        try (var client = RawClient.connectedTo(server.port())) {
            client.sends(get("/later") + get("/now")).until("<now>");

            String answer = client.sends(get("/now")).until("<now>");

            assertThat(answer).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aBodyThatIsWaitedForMayTakeItsTime() throws IOException {
        try (var client = RawClient.connectedTo(patient.port())) {
            client.sends(post("text/plain", 40).replace("Host: x", "Host: x\r\nExpect: 100-continue"))
                    .until("100 Continue\r\n\r\n");

            String answer = client.sendsUntilAnswered("x", Duration.ofMillis(50));

            assertThat(answer).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aBodyThatStopsComingIsGivenUp() throws IOException {
        try (var client = RawClient.connectedTo(server.port())) {
            String answer = client.sends(post("text/plain", 10) + "abc").untilClosed();

            assertThat(answer).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void aBodyThatNeverEndsIsGivenUp() throws IOException {
        try (var client = RawClient.connectedTo(server.port())) {
            client.sends(post("text/plain", 10_000));

            String answer = client.sendsUntilAnswered("x", SHORT.dividedBy(10));

            assertThat(answer).startsWith("HTTP/1.1 408 ");
        }
    }

    /** As many clients do: they begin to read when they have sent all. */
    @Test
    void aClientThatSendsAllOfARefusedBodyReadsWhy() throws IOException {
        try (var client = RawClient.connectedTo(patient.port())) {
            client.sends(post("text/plain", 9_000_000).replace("/echo", "/refused"));
            client.until("<too large>");

            String rest = client.sends("x".repeat(9_000_000)).untilClosed();

            assertThat(rest).isEmpty();
        }
    }

    @Test
    void aRefusedBodyThatNeverEndsIsNotWaitedForLong() throws IOException {
        try (var client = RawClient.connectedTo(server.port())) {
            String answer = client.sends(post("text/plain", 10).replace("/echo", "/refused"))
                    .untilClosed();

            assertThat(answer).startsWith("HTTP/1.1 413 ").endsWith("<too large>");
        }
    }

    @Test
    void whatAnAgentStreamsMayTakeItsTime() throws IOException {
        try (var client = RawClient.connectedTo(server.port())) {
            client.sends(post("application/x-ndjson", 20));

            String answer = client.sendsUntilAnswered("x", SHORT.dividedBy(6));

            assertThat(answer).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void clientsThatDoNotReadAreLeftByTheKernelWhereItCan() throws IOException {
        assumeTrue(Epoll.isAvailable());

        try (var client = RawClient.connectedTo(server.port())) {
            client.sends(post("text/plain", 2) + "ab").until("<ab>");
        }

        assertThat(userTimeout).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(60_000);
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }

    private static String post(String type, int length) {
        return "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: " + type + "\r\nContent-Length: " + length + "\r\n\r\n";
    }
}
