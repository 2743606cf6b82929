package dev.codewise.proxy.web;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Writes the events of a stream, each flushed, and lets whoever makes them be ahead of a client that does not read by little.
 *
 * <p>The server itself takes 128 events in advance, whatever they measure. So the next one is asked for only when what was
 * written before has left this process, but for the last {@value #AHEAD} characters.
 */
public final class PacedEvents {

    private static final int AHEAD = 64 * 1024;

    private final ServerHttpResponse response;

    /** Unsafe, for one turn may be given while the giver of the last one is on his way back; the queue minds no company. */
    private final Sinks.Many<Boolean> turns =
            Sinks.unsafe().many().unicast().onBackpressureBuffer(new ArrayBlockingQueue<>(4));

    private int ahead;

    private PacedEvents(ServerHttpResponse response) {
        this.response = response;
    }

    public static Mono<Void> write(Flux<String> events, ServerHttpResponse response) {
        return Mono.defer(() -> new PacedEvents(response).write(events));
    }

    /** The end waits for its turn too, so that a failure does not overtake what happened before it. */
    private Mono<Void> write(Flux<String> events) {
        return response.writeAndFlushWith(events.materialize()
                .zipWith(turns.asFlux().startWith(true), 1, (signal, turn) -> signal)
                .<String>dematerialize()
                .map(this::written));
    }

    private Mono<DataBuffer> written(String event) {
        return Mono.fromSupplier(() -> response.bufferFactory().wrap(event.getBytes(StandardCharsets.UTF_8)))
                .doOnSuccess(buffer -> goOnAfter(event.length()));
    }

    private void goOnAfter(int length) {
        ahead += length;
        if (ahead >= AHEAD
                && ServerHttpResponseDecorator.getNativeResponse(response) instanceof HttpServerResponse netty) {
            ahead = 0;
            netty.withConnection(this::goOnWhenAllHasLeft);
        } else {
            goOn();
        }
    }

    /** Nothing, written behind everything else, has left when everything else has. */
    private void goOnWhenAllHasLeft(Connection connection) {
        ChannelHandlerContext codec = connection.channel().pipeline().context(NettyPipeline.HttpCodec);
        if (codec == null) {
            goOn();
        } else {
            codec.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(left -> goOn());
        }
    }

    private void goOn() {
        turns.tryEmitNext(true);
    }
}
