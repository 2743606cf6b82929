package dev.codewise.proxy.anthropic;

import dev.codewise.proxy.completion.CompletionEvent;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;

/** A completion for whoever serves it: what fails in his hands has failed, whatever the model said. */
@FunctionalInterface
interface Served {

    Flux<CompletionEvent> by(UnaryOperator<Flux<CompletionEvent>> server);
}
