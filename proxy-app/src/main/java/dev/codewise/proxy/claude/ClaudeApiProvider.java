package dev.codewise.proxy.claude;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Provider;
import java.util.Optional;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;

/** Answers from the Claude API, on the account of the proxy's operator. Cancelling closes the connection to it. */
public final class ClaudeApiProvider implements Provider {

    private final Supplier<Optional<ClaudeClient>> clients;
    private final Breaker breaker;

    ClaudeApiProvider(ClaudeClient client, Breaker breaker) {
        this(() -> Optional.of(client), breaker);
    }

    /** Through the client that there is when a request comes, if any. */
    ClaudeApiProvider(Supplier<Optional<ClaudeClient>> clients, Breaker breaker) {
        this.clients = clients;
        this.breaker = breaker;
    }

    @Override
    public Flux<CompletionEvent> complete(CompletionRequest request) {
        return Flux.defer(() -> clients.get()
                .map(client -> answerTo(MessagesRequest.of(request), request, client))
                .orElseGet(() -> Flux.error(ClaudeApiProvider::withoutKey)));
    }

    /** Whether there is a key just now. */
    public boolean isThere() {
        return clients.get().isPresent();
    }

    private static CompletionException withoutKey() {
        return new CompletionException(Reason.PROVIDER_UNAVAILABLE, "There is no key for the Claude API.");
    }

    private Flux<CompletionEvent> answerTo(MessagesRequest question, CompletionRequest request, ClaudeClient client) {
        var reply = new ClaudeReply(question.model(), question.unheeded(request));
        Flux<CompletionEvent> answer = breaker.watch(reply.of(client.ask(question)));
        return question.tools().isForAnswer() ? AnswerInCall.takenOutOf(answer) : answer;
    }
}
