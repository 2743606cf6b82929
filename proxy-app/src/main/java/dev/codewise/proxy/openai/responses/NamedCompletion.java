package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.completion.CompletionEvent;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;

/**
 * A completion that names what has no effect.
 *
 * @param comments what there is to say of that beside the events of a stream, or nothing
 */
record NamedCompletion(Flux<CompletionEvent> events, Supplier<String> comments) {}
