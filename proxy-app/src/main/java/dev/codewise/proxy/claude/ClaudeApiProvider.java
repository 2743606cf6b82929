package dev.codewise.proxy.claude;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Provider;
import reactor.core.publisher.Flux;

/** Answers from the Claude API, on the account of the proxy's operator. Cancelling closes the connection to it. */
public final class ClaudeApiProvider implements Provider {

    private final ClaudeClient client;
    private final Breaker breaker;

    ClaudeApiProvider(ClaudeClient client, Breaker breaker) {
        this.client = client;
        this.breaker = breaker;
    }

    @Override
    public Flux<CompletionEvent> complete(CompletionRequest request) {
        return Flux.defer(() -> answerTo(MessagesRequest.of(request), request));
    }

    private Flux<CompletionEvent> answerTo(MessagesRequest question, CompletionRequest request) {
        var reply = new ClaudeReply(question.model(), question.unheeded(request));
        Flux<CompletionEvent> answer = breaker.watch(reply.of(client.ask(question)));
        return question.tools().isForAnswer() ? AnswerInCall.takenOutOf(answer) : answer;
    }
}
