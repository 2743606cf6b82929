package dev.codewise.proxy.web;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;

/** How one edge answers a failed exchange: the status and headers that every edge gives, with a body of its own shape. */
public final class FailureAnswer {

    /** The body of an edge, to be written as JSON. */
    @FunctionalInterface
    public interface Shape {

        Object of(HttpFailure failure, String requestId);
    }

    private static final Logger LOG = LoggerFactory.getLogger(FailureAnswer.class);

    private final JsonMapper json;
    private final MediaType type;
    private final Shape shape;

    public FailureAnswer(JsonMapper json, MediaType type, Shape shape) {
        this.json = json;
        this.type = type;
        this.shape = shape;
    }

    /** Answers with what {@link HttpFailure#of} makes of it. */
    public Mono<Void> to(ServerWebExchange exchange, Throwable cause) {
        return to(exchange, cause, HttpFailure.of(cause));
    }

    /**
     * Answers with what the edge makes of it; an unexpected failure is logged here, and only here.
     *
     * <p>A client that is gone gets nothing. An answer that has begun cannot be taken back: its connection is cut, so that nobody
     * takes the beginning for the whole.
     */
    public Mono<Void> to(ServerWebExchange exchange, Throwable cause, HttpFailure failure) {
        if (isGone(cause)) {
            return Mono.empty();
        }
        log(exchange, cause, failure);
        return exchange.getResponse().isCommitted() ? cut(exchange, cause) : write(exchange, failure);
    }

    /** Only the failure itself counts: as a cause it may be about somebody whom we asked. */
    private static boolean isGone(Throwable failure) {
        return (failure instanceof AbortedException || failure instanceof IOException)
                && DisconnectedClientHelper.isClientDisconnectedException(failure);
    }

    private static void log(ServerWebExchange exchange, Throwable cause, HttpFailure failure) {
        if (failure.isUnexpected()) {
            LOG.atError()
                    .addKeyValue("requestId", RequestId.of(exchange))
                    .setCause(cause)
                    .log("A request failed unexpectedly");
        } else if (exchange.getResponse().isCommitted()) {
            LOG.atWarn()
                    .addKeyValue("requestId", RequestId.of(exchange))
                    .addKeyValue("status", failure.status().value())
                    .log("An answer broke off");
        }
    }

    private static Mono<Void> cut(ServerWebExchange exchange, Throwable cause) {
        Object nativeResponse = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
        if (nativeResponse instanceof HttpServerResponse response) {
            response.withConnection(Connection::dispose);
            return Mono.empty();
        }
        return Mono.error(cause);
    }

    private Mono<Void> write(ServerWebExchange exchange, HttpFailure failure) {
        byte[] body = json.writeValueAsBytes(shape.of(failure, RequestId.of(exchange)));
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(failure.status());
        response.getHeaders().putAll(failure.headers());
        response.getHeaders().setContentType(type);
        response.getHeaders().setContentLength(body.length);
        if (failure.status().isSameCodeAs(HttpStatus.CONTENT_TOO_LARGE)) {
            // what is left of the body would have to be read before the connection could serve another request
            response.getHeaders().setConnection("close");
        }
        DataBuffer buffer = response.bufferFactory().wrap(body);
        return response.writeWith(Mono.just(buffer));
    }
}
