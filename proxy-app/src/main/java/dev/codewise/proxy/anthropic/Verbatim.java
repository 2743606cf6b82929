package dev.codewise.proxy.anthropic;

import dev.codewise.proxy.access.Caller;
import dev.codewise.proxy.claude.ClaudePassThrough;
import dev.codewise.proxy.claude.ClaudePassThrough.Answer;
import dev.codewise.proxy.claude.ClaudePassThrough.Listener;
import dev.codewise.proxy.completion.Answerer;
import dev.codewise.proxy.completion.Client;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionJournal;
import dev.codewise.proxy.completion.CompletionJournal.Entry;
import dev.codewise.proxy.completion.Demand;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.completion.ModelCatalogue;
import dev.codewise.proxy.completion.Surface;
import dev.codewise.proxy.completion.Usage;
import dev.codewise.proxy.web.RequestId;
import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Passes requests on to the Claude API and its answers back, byte for byte; only the names of models become those it knows. */
final class Verbatim implements Messages {

    private static final Answerer ANTHROPIC = new Answerer("anthropic", null);

    private final ClaudePassThrough api;
    private final ModelCatalogue models;
    private final CompletionJournal journal;
    private final AnthropicErrors errors;

    Verbatim(ClaudePassThrough api, ModelCatalogue models, CompletionJournal journal, AnthropicErrors errors) {
        this.api = api;
        this.models = models;
        this.journal = journal;
        this.errors = errors;
    }

    @Override
    public Mono<Void> answer(byte[] body, ServerWebExchange exchange) {
        var model = AskedModel.in(body);
        return journal.follow(
                Caller.originOf(exchange, Surface.MESSAGES),
                model.name(),
                () -> Reach.of(body)
                        .demand(Demand.ofBytes(body.length, model.wanted().mostTokens())),
                entry -> pass(body, model, exchange, noting(entry, exchange)));
    }

    /** Counting is no answer, so no entry is made of it. */
    @Override
    public Mono<Void> count(byte[] body, ServerWebExchange exchange) {
        return pass(body, AskedModel.in(body), exchange, answer -> handOn(answer, answer.body(), exchange));
    }

    private Mono<Void> pass(
            byte[] body, AskedModel model, ServerWebExchange exchange, Function<Answer, Mono<Void>> receiver) {
        var client = Caller.of(exchange).client();
        requireAllowed(body, client);
        return models.find(model.name(), client)
                .map(known -> model.replacedIn(body, api.nameOf(known)))
                .map(changed -> api.ask(
                        targetOf(exchange),
                        headersOf(exchange),
                        changed,
                        model.wanted().delivery(),
                        receiver))
                .orElseGet(() -> Mono.error(() -> CompletionException.unknownModel(model.name())));
    }

    /** What a tool asks by itself is asked by the client too. */
    private void requireAllowed(byte[] body, Client client) {
        if (!client.models().isEmpty()) {
            Reach.of(body).models().forEach(model -> models.find(model, client));
        }
    }

    private static HttpHeaders headersOf(ServerWebExchange exchange) {
        return exchange.getRequest().getHeaders();
    }

    private static String targetOf(ServerWebExchange exchange) {
        URI uri = exchange.getRequest().getURI();
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }

    /** A refusal is handed on too, but nobody has taken the request then. */
    private Function<Answer, Mono<Void>> noting(Entry entry, ServerWebExchange exchange) {
        return answer ->
                handOn(answer, answer.status().is2xxSuccessful() ? noted(answer, entry) : answer.body(), exchange);
    }

    private static Flux<DataBuffer> noted(Answer answer, Entry entry) {
        entry.takenBy(ANTHROPIC);
        return answer.body(new Noting(entry))
                .doOnNext(piece -> entry.given(piece.readableByteCount()))
                .doOnError(entry::failed)
                .doOnCancel(entry::cancelled);
    }

    /** Makes an entry of what the answer says of itself. */
    private record Noting(Entry entry) implements Listener {

        @Override
        public void used(Usage usage) {
            entry.takenBy(ANTHROPIC, usage);
        }

        @Override
        public void finished(FinishReason reason, @Nullable String model) {
            entry.finished(reason, model);
        }

        @Override
        public void ended(boolean whole) {
            if (whole) {
                entry.answered();
            } else {
                entry.failed(WholeMessage.brokenOff());
            }
        }
    }

    /** Each piece is flushed, and no more is read than the client takes. */
    private Mono<Void> handOn(Answer answer, Flux<DataBuffer> body, ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(answer.status());
        answer.headers().forEach((name, values) -> response.getHeaders().put(name, values));
        Flux<DataBuffer> whole = answer.isStream() ? sayingWhyItBreaks(body, exchange) : body;
        return response.writeAndFlushWith(whole.map(Mono::just));
    }

    /** The break may be in the middle of an event, which an empty line ends. */
    private Flux<DataBuffer> sayingWhyItBreaks(Flux<DataBuffer> body, ServerWebExchange exchange) {
        String id = RequestId.of(exchange);
        return body.onErrorResume(
                CompletionException.class,
                failure -> Mono.fromSupplier(
                        () -> SseText.buffer("\n\n" + errors.event(failure, id), exchange.getResponse())));
    }
}
