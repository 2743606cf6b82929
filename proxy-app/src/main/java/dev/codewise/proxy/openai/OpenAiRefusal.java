package dev.codewise.proxy.openai;

/** A request that is refused with a code that clients act upon. */
final class OpenAiRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient OpenAiFailure failure;

    OpenAiRefusal(OpenAiFailure failure) {
        // A refusal is no fault of ours: where it was thrown interests nobody, and it may be thrown very often.
        super(failure.http().sentence(), null, false, false);
        this.failure = failure;
    }

    OpenAiFailure failure() {
        return failure;
    }
}
