package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionException;

/** A request that is refused with a code that clients act upon. */
public final class OpenAiRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient OpenAiFailure failure;

    OpenAiRefusal(OpenAiFailure failure) {
        // A refusal is no fault of ours: where it was thrown interests nobody, and it may be thrown very often.
        super(failure.http().sentence(), null, false, false);
        this.failure = failure;
    }

    static OpenAiRefusal of(CompletionException failure, FieldNames names) {
        return new OpenAiRefusal(OpenAiFailure.of(failure, names));
    }

    OpenAiFailure failure() {
        return failure;
    }
}
