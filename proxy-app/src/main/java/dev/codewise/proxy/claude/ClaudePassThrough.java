package dev.codewise.proxy.claude;

import dev.codewise.proxy.completion.ClaudeModels;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.completion.Usage;
import io.netty.handler.timeout.ReadTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClientRequest;

/**
 * The way to the Claude API for requests in its own words: what is asked and what is answered pass as they are, on the account of
 * the proxy's operator.
 */
public final class ClaudePassThrough {

    /** What the API answers, whatever its status; the body comes as it is read, and only as long as somebody reads it. */
    public record Answer(HttpStatusCode status, HttpHeaders headers, Flux<DataBuffer> body) {

        private static final String EVENTS = MediaType.TEXT_EVENT_STREAM_VALUE;

        /** Whatever else a gateway writes there, which may be no type at all. */
        public boolean isStream() {
            String type = headers.getFirst(HttpHeaders.CONTENT_TYPE);
            return type != null && type.regionMatches(true, 0, EVENTS, 0, EVENTS.length());
        }

        /** The same bytes; on their way is heard what they say. */
        public Flux<DataBuffer> body(Listener listener) {
            var overheard = new Overheard(isStream(), listener);
            return body.doOnNext(overheard::hear).doOnComplete(() -> listener.ended(overheard.end() || isPacked()));
        }

        /** What is packed cannot be heard. */
        private boolean isPacked() {
            return headers.containsHeader(HttpHeaders.CONTENT_ENCODING);
        }
    }

    /** Hears what an answer says of itself. */
    public interface Listener {

        /** How many tokens were used; told as often as it changes. */
        void used(Usage usage);

        /** Why the model stopped, and which one it was where that was said. */
        void finished(FinishReason reason, @Nullable String model);

        /** There is no more of it, and it was whole or not: a stream that just stops, or stops with an error, is not. */
        void ended(boolean whole);
    }

    /** How the answer is wanted: one in one piece has not a word before it is finished. */
    public enum Delivery {
        IN_ONE_PIECE,
        AS_STREAM
    }

    private final WebClient http;
    private final ClaudeAccount account;

    ClaudePassThrough(WebClient http, ClaudeAccount account) {
        this.http = http;
        this.account = account;
    }

    /** Whether there is a key just now. */
    public boolean isThere() {
        return account.now().isPresent();
    }

    /** The name under which the API knows a model. */
    public String nameOf(String model) {
        return ClaudeModels.fullName(model);
    }

    /**
     * Asks, and lets the receiver hand on the answer; fails with a {@link CompletionException} where there is none, and so does
     * the body where it breaks off. Cancelling closes the connection to the API.
     *
     * @param target path and query, as they came
     */
    public Mono<Void> ask(
            String target, HttpHeaders headers, byte[] body, Delivery delivery, Function<Answer, Mono<Void>> receiver) {
        return Mono.defer(() -> account.now()
                .map(now -> new Errand(target, headers, delivery, now))
                .map(errand -> asked(errand, body, receiver))
                .orElseGet(() -> Mono.error(ClaudePassThrough::withoutKey)));
    }

    /** What is asked, on the account as it is when it is asked. */
    private record Errand(String target, HttpHeaders headers, Delivery delivery, ClaudeProperties account) {

        URI address() {
            return URI.create(account.baseUrl().toString().replaceFirst("/+$", "") + target);
        }

        HttpHeaders headersToTheApi() {
            return PassedHeaders.toTheApi(headers, account.requiredApiKey());
        }

        Duration longestSilence() {
            return switch (delivery) {
                case IN_ONE_PIECE -> account.maxDuration();
                case AS_STREAM -> account.silenceTimeout();
            };
        }
    }

    private Mono<Void> asked(Errand errand, byte[] body, Function<Answer, Mono<Void>> receiver) {
        long startedAt = System.nanoTime();
        return http.post()
                .uri(errand.address())
                .headers(ours -> ours.putAll(errand.headersToTheApi()))
                .httpRequest(request -> limitSilence(request, errand.longestSilence()))
                .bodyValue(body)
                .exchangeToMono(response -> receiver.apply(answer(response, startedAt, errand.account())))
                .onErrorMap(WebClientRequestException.class, failure -> failure(failure, errand.longestSilence()));
    }

    /** Before the answer only: what comes then {@link Silence} limits, which knows whether anybody reads it. */
    private static void limitSilence(ClientHttpRequest request, Duration longest) {
        HttpClientRequest netty = request.getNativeRequest();
        netty.responseTimeout(longest);
    }

    private static Answer answer(ClientResponse response, long startedAt, ClaudeProperties account) {
        return new Answer(
                response.statusCode(),
                PassedHeaders.toTheClient(response.headers().asHttpHeaders()),
                account.silence()
                        .limit(response.body(BodyExtractors.toDataBuffers()))
                        .timeout(
                                left(startedAt, account),
                                buffer -> left(startedAt, account),
                                Flux.error(() -> endless(account)))
                        .onErrorMap(ConnectionFailure::toCompletionException));
    }

    private static Mono<Long> left(long startedAt, ClaudeProperties account) {
        return Mono.delay(account.maxDuration().minusNanos(System.nanoTime() - startedAt));
    }

    private static CompletionException failure(Throwable failure, Duration longestSilence) {
        boolean silent = failure instanceof ReadTimeoutException || failure.getCause() instanceof ReadTimeoutException;
        return silent
                ? timedOut("said nothing for " + longestSilence.toSeconds() + " seconds.")
                : ConnectionFailure.toCompletionException(failure);
    }

    private static CompletionException endless(ClaudeProperties account) {
        return timedOut("had not finished after " + account.maxDuration().toSeconds() + " seconds.");
    }

    private static CompletionException withoutKey() {
        return new CompletionException(Reason.PROVIDER_UNAVAILABLE, "There is no key for the Claude API.");
    }

    private static CompletionException timedOut(String how) {
        return new CompletionException(Reason.PROVIDER_TIMED_OUT, "The Claude API " + how);
    }
}
