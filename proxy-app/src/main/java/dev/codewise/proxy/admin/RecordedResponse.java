package dev.codewise.proxy.admin;

import dev.codewise.proxy.admin.Repeats.Answer;
import dev.codewise.proxy.home.Secret;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An answer that is remembered before its client gets it, so that one who does not can ask again. */
final class RecordedResponse extends ServerHttpResponseDecorator {

    /** None that is answered here comes near. */
    private static final int MOST_BYTES = 256 * 1024;

    private final Function<Answer, Mono<Void>> memory;
    private volatile boolean reached;

    RecordedResponse(ServerHttpResponse response, Function<Answer, Mono<Void>> memory) {
        super(response);
        this.memory = memory;
    }

    /** Whether it came to an answer, so that what was asked for is done, or was refused. */
    boolean isReached() {
        return reached;
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        return DataBufferUtils.join(Flux.from(body), MOST_BYTES)
                .map(RecordedResponse::bytes)
                .doOnNext(bytes -> reached = true)
                .flatMap(bytes -> memory.apply(answer(bytes)).then(Mono.defer(() -> write(bytes))));
    }

    private Answer answer(byte[] bytes) {
        HttpStatusCode status = getStatusCode();
        MediaType type = getHeaders().getContentType();
        return new Answer(
                status == null ? 200 : status.value(),
                type == null ? MediaType.APPLICATION_JSON_VALUE : type.toString(),
                Secret.of(new String(bytes, StandardCharsets.UTF_8)));
    }

    private Mono<Void> write(byte[] bytes) {
        return getDelegate().writeWith(Mono.just(bufferFactory().wrap(bytes)));
    }

    static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }
}
