package dev.codewise.proxy.web;

import java.util.List;
import java.util.function.BiFunction;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * A path to which JSON is posted, for answers that take long. What leads to an answer is held for as long as it lasts, and a handler
 * that is found by its annotations brings so much with it that a stream weighs a tenth more.
 */
public final class JsonPost<T> implements WebHandler {

    private static final List<MediaType> JSON = List.of(MediaType.APPLICATION_JSON);

    private final Class<T> type;
    private final ServerCodecConfigurer codecs;
    private final BiFunction<T, ServerWebExchange, Mono<Void>> answering;

    public JsonPost(
            Class<T> type, ServerCodecConfigurer codecs, BiFunction<T, ServerWebExchange, Mono<Void>> answering) {
        this.type = type;
        this.codecs = codecs;
        this.answering = answering;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        PostedType.of(exchange.getRequest(), JSON);
        return ServerRequest.create(exchange, codecs.getReaders())
                .bodyToMono(type)
                .onErrorMap(DataBufferLimitException.class, JsonPost::unread)
                .switchIfEmpty(Mono.error(() -> new ServerWebInputException("There is no body.")))
                .flatMap(body -> answering.apply(body, exchange));
    }

    private static ServerWebInputException unread(DataBufferLimitException tooLarge) {
        return new ServerWebInputException("The body is too large.", null, tooLarge);
    }
}
