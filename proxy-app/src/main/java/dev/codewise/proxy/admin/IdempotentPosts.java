package dev.codewise.proxy.admin;

import dev.codewise.proxy.access.Actor;
import dev.codewise.proxy.access.Actors;
import dev.codewise.proxy.admin.Repeats.Answer;
import dev.codewise.proxy.web.HttpFailure;
import dev.codewise.proxy.web.RequestRefused;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Does once what is posted to the admin API twice under the same {@code Idempotency-Key}, and answers alike. */
final class IdempotentPosts implements WebFilter, Ordered {

    private static final Logger LOG = LoggerFactory.getLogger(IdempotentPosts.class);
    private static final String HEADER = "Idempotency-Key";
    private static final String REPLAYED = "idempotency-replayed";
    private static final PathPattern ADMIN = PathPatternParser.defaultInstance.parse("/api/admin/**");
    private static final Pattern WORD = Pattern.compile("[!-~]{1,255}");
    private static final int MOST_BYTES = 256 * 1024;

    private final Repeats repeats;
    private final Actors actors;

    IdempotentPosts(Repeats repeats, Actors actors) {
        this.repeats = repeats;
        this.actors = actors;
    }

    /** Behind the doors, so that it is known who calls. */
    @Override
    public int getOrder() {
        return 0;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String word = wordOf(exchange.getRequest());
        return word == null
                ? chain.filter(exchange)
                : actors.of(exchange).flatMap(actor -> once(actor, word, exchange, chain));
    }

    private static @Nullable String wordOf(ServerHttpRequest request) {
        boolean counts = request.getMethod().equals(HttpMethod.POST)
                && ADMIN.matches(request.getPath().pathWithinApplication());
        String word = counts ? request.getHeaders().getFirst(HEADER) : null;
        if (word != null && !WORD.matcher(word).matches()) {
            throw new RequestRefused(
                    new HttpFailure(HttpStatus.BAD_REQUEST, "\"" + HEADER + "\" must be 1 to 255 visible characters.")
                            .withField(HEADER));
        }
        return word;
    }

    private Mono<Void> once(Actor actor, String word, ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        return DataBufferUtils.join(request.getBody(), MOST_BYTES)
                .map(RecordedResponse::bytes)
                .defaultIfEmpty(new byte[0])
                .onErrorMap(DataBufferLimitException.class, IdempotentPosts::tooLarge)
                .flatMap(body -> once(posted(actor, word, request.getURI(), body), body, exchange, chain));
    }

    private static Posted posted(Actor actor, String word, URI target, byte[] body) {
        String caller = actor.keyId() == null ? actor.name() : actor.keyId();
        return Posted.of(caller, word, target.getRawPath() + "?" + target.getRawQuery(), body);
    }

    private Mono<Void> once(Posted posted, byte[] body, ServerWebExchange exchange, WebFilterChain chain) {
        return repeats.isFirst(posted)
                .flatMap(first -> first
                        ? first(posted, body, exchange, chain)
                        : repeats.again(posted).flatMap(answer -> write(answer, exchange.getResponse())));
    }

    /** What fails before there is an answer has done nothing, so that it may be tried again under the same word. */
    private Mono<Void> first(Posted posted, byte[] body, ServerWebExchange exchange, WebFilterChain chain) {
        var response = new RecordedResponse(exchange.getResponse(), answer -> remember(posted, answer));
        var recorded = exchange.mutate()
                .request(new ReadRequest(exchange, body))
                .response(response)
                .build();
        return chain.filter(recorded)
                .onErrorResume(failure -> response.isReached() ? Mono.error(failure) : forgotten(posted, failure));
    }

    private Mono<Void> forgotten(Posted posted, Throwable failure) {
        return repeats.forget(posted).onErrorComplete().then(Mono.error(failure));
    }

    /** What was done is told also where it cannot be kept: a repeat is told that nobody knows, and does nothing twice. */
    private Mono<Void> remember(Posted posted, Answer answer) {
        Mono<Void> kept = HttpStatusCode.valueOf(answer.status()).is2xxSuccessful()
                ? repeats.remember(posted, answer)
                : repeats.forget(posted);
        return kept.doOnError(IdempotentPosts::notKept).onErrorComplete();
    }

    private static void notKept(Throwable failure) {
        LOG.warn("An answer of the admin API is not kept for a repeat: {}", failure.getMessage());
    }

    private static Mono<Void> write(Answer answer, ServerHttpResponse response) {
        response.setStatusCode(HttpStatusCode.valueOf(answer.status()));
        response.getHeaders().set("content-type", answer.contentType());
        response.getHeaders().set(REPLAYED, "true");
        byte[] body = answer.body().reveal().getBytes(StandardCharsets.UTF_8);
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private static RequestRefused tooLarge(Throwable failure) {
        return new RequestRefused(HttpStatus.CONTENT_TOO_LARGE, "The body is larger than this path takes.");
    }

    /** The same request, of which the body has been read. */
    private static final class ReadRequest extends ServerHttpRequestDecorator {

        private final Mono<DataBuffer> body;

        ReadRequest(ServerWebExchange exchange, byte[] body) {
            super(exchange.getRequest());
            this.body = Mono.fromSupplier(
                    () -> exchange.getResponse().bufferFactory().wrap(body));
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return body.flux();
        }
    }
}
