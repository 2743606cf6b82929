package dev.codewise.proxy.claude;

import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import java.time.Duration;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asks the Messages API, and keeps watch over how long it takes. */
final class ClaudeClient {

    private final WebClient http;
    private final Silence silence;
    private final Duration maxDuration;

    ClaudeClient(WebClient http, Silence silence, Duration maxDuration) {
        this.http = http;
        this.silence = silence;
        this.maxDuration = maxDuration;
    }

    /** The events of the answer, pings included; every failure is a {@link CompletionException}. */
    Flux<StreamEvent> ask(MessagesRequest request) {
        return withinMaxDuration(
                        answer(request).onErrorResume(SecondTry::makesSense, failure -> answerAfter(failure, request)))
                .onErrorMap(Exception.class, ConnectionFailure::toCompletionException);
    }

    private Flux<StreamEvent> answerAfter(Throwable failure, MessagesRequest request) {
        return Mono.delay(SecondTry.pauseAfter(failure)).thenMany(answer(request));
    }

    private Flux<StreamEvent> answer(MessagesRequest request) {
        return silence.limit(http.post()
                .uri("/v1/messages")
                .body(Unlogged.body(request))
                .exchangeToFlux(response -> events(response, request.model())));
    }

    /** Merged, not {@code takeUntilOther}, which leaves its source running when the other one fails. */
    private Flux<StreamEvent> withinMaxDuration(Flux<StreamEvent> events) {
        return events.materialize()
                .mergeWith(Mono.delay(maxDuration).then(Mono.error(this::endless)))
                .dematerialize();
    }

    private static Flux<StreamEvent> events(ClientResponse response, String model) {
        return response.statusCode().isSameCodeAs(HttpStatus.OK)
                ? response.body(Unlogged.flux(StreamEvent.class))
                : refusal(response, model).flatMapMany(Flux::error);
    }

    private static Mono<CompletionException> refusal(ClientResponse response, String model) {
        return response.body(Unlogged.flux(StreamEvent.Failed.class))
                .next()
                .map(StreamEvent.Failed::error)
                .onErrorReturn(ApiError.UNREADABLE)
                .defaultIfEmpty(ApiError.UNREADABLE)
                .map(error -> error.inAnswerWith(response.statusCode().value(), model))
                .map(failure -> withRetryAfter(failure, response.headers()));
    }

    private static CompletionException withRetryAfter(CompletionException failure, ClientResponse.Headers headers) {
        return RetryAfter.in(headers.asHttpHeaders(), Instant.now())
                .map(failure::retryAfter)
                .orElse(failure);
    }

    private CompletionException endless() {
        return new CompletionException(
                Reason.PROVIDER_TIMED_OUT,
                "The Claude API had not finished after " + maxDuration.toSeconds() + " seconds.");
    }
}
