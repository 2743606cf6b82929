package dev.codewise.proxy.completion;

import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a completion could not be given, in the words of the domain. */
public final class CompletionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The kinds of failure that a caller can act upon. */
    public enum Reason {
        UNKNOWN_MODEL,
        MODEL_NOT_ALLOWED,
        INVALID_REQUEST,
        PROMPT_TOO_LONG,
        REQUEST_TOO_LARGE,
        REFUSED,
        UNSUPPORTED,
        RATE_LIMITED,
        /** Whoever asks may spend no more for now. */
        BUDGET_SPENT,
        OVERLOADED,
        PROVIDER_UNAVAILABLE,
        PROVIDER_TIMED_OUT,
        PROVIDER_FAILED;

        /** Whether the same request would fail in the same way at every provider. */
        private boolean isFinal() {
            return switch (this) {
                case UNKNOWN_MODEL, MODEL_NOT_ALLOWED, INVALID_REQUEST, PROMPT_TOO_LONG, REFUSED, BUDGET_SPENT -> true;
                case REQUEST_TOO_LARGE,
                        UNSUPPORTED,
                        RATE_LIMITED,
                        OVERLOADED,
                        PROVIDER_UNAVAILABLE,
                        PROVIDER_TIMED_OUT,
                        PROVIDER_FAILED -> false;
            };
        }
    }

    /** How much a failure says of why nobody could answer, from least to most. */
    private enum Telling {
        NOBODY_IS_THERE,
        NOBODY_CAN_TAKE_IT,
        NOBODY_HAS_TIME_NOW,
        SOMEBODY_FAILED
    }

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final String CURE = " Connect an agent with \"java -jar codewise-agent.jar --url … --secret …\","
            + " or set ANTHROPIC_API_KEY.";

    private final Reason reason;
    private final Circumstances circumstances;

    /** What a request can bring that not everybody who answers can take. */
    public enum Feature {
        TOOLS,
        IMAGES,
        DOCUMENTS,
        SCHEMA
    }

    /** What else is known of a failure. */
    private record Circumstances(
            boolean last,
            boolean begun,
            @Nullable Duration retryAfter,
            @Nullable Feature missing,
            @Nullable Usage spent)
            implements Serializable {

        Circumstances(boolean last, @Nullable Feature missing) {
            this(last, false, null, missing, null);
        }
    }

    private CompletionException(Reason reason, String message, Circumstances circumstances) {
        super(message);
        this.reason = reason;
        this.circumstances = circumstances;
    }

    public CompletionException(Reason reason, String message) {
        this(reason, message, new Circumstances(reason.isFinal(), null));
    }

    /** The failure of one who cannot take what the request brings; another may be able to. */
    public static CompletionException unsupported(Feature feature, String message) {
        return new CompletionException(Reason.UNSUPPORTED, message, new Circumstances(false, feature));
    }

    /** The same failure, with the time after which another try makes sense. */
    public CompletionException retryAfter(Duration wait) {
        return in(new Circumstances(
                circumstances.last, circumstances.begun, wait, circumstances.missing, circumstances.spent));
    }

    /** The same failure, where whoever failed knows that nobody else would do better. */
    public CompletionException asFinal() {
        return asLast(true);
    }

    /** The same failure, where whoever failed knows that somebody else may do better. */
    public CompletionException asPassing() {
        return asLast(false);
    }

    private CompletionException asLast(boolean last) {
        return in(new Circumstances(
                last, circumstances.begun, circumstances.retryAfter, circumstances.missing, circumstances.spent));
    }

    /** The same failure of an answer that somebody pays for already: whoever repeats the request pays twice. */
    CompletionException onceBegun() {
        return in(new Circumstances(
                circumstances.last, true, circumstances.retryAfter, circumstances.missing, circumstances.spent));
    }

    /** The same failure of an answer that had taken so much by then, where that is known. */
    public CompletionException having(@Nullable Usage usage) {
        return in(new Circumstances(
                circumstances.last, circumstances.begun, circumstances.retryAfter, circumstances.missing, usage));
    }

    private CompletionException in(Circumstances others) {
        return new CompletionException(reason, getMessage(), others);
    }

    public static CompletionException unknownModel(String model) {
        return new CompletionException(
                Reason.UNKNOWN_MODEL,
                "The model \"" + model + "\" is not known here. GET /v1/models lists those that are.");
    }

    static CompletionException modelNotAllowed(String model) {
        return new CompletionException(
                Reason.MODEL_NOT_ALLOWED,
                "This key may not ask the model \"" + model + "\". GET /v1/models lists those that it may.");
    }

    /**
     * Whether this one is the better answer where nobody else is left. Of those who tried it is the last one; one that passes by
     * itself comes before what cannot be helped, and before that there is nobody.
     */
    boolean saysMoreThan(@Nullable CompletionException other) {
        return other == null
                || telling() == Telling.SOMEBODY_FAILED
                || telling().compareTo(other.telling()) > 0;
    }

    private Telling telling() {
        return switch (reason) {
            case PROVIDER_UNAVAILABLE ->
                circumstances.retryAfter == null ? Telling.NOBODY_IS_THERE : Telling.NOBODY_HAS_TIME_NOW;
            case UNSUPPORTED, REQUEST_TOO_LARGE -> Telling.NOBODY_CAN_TAKE_IT;
            case UNKNOWN_MODEL,
                    MODEL_NOT_ALLOWED,
                    INVALID_REQUEST,
                    PROMPT_TOO_LONG,
                    REFUSED,
                    RATE_LIMITED,
                    BUDGET_SPENT,
                    OVERLOADED,
                    PROVIDER_TIMED_OUT,
                    PROVIDER_FAILED -> Telling.SOMEBODY_FAILED;
        };
    }

    static CompletionException brokenOff() {
        return new CompletionException(Reason.PROVIDER_FAILED, "The answer broke off before it was finished.");
    }

    /** The last word: how somebody failed, or what to do where there was nobody. Who is only busy has said when to come back. */
    static CompletionException nobodyCouldAnswer(@Nullable CompletionException worst) {
        if (worst == null) {
            return nobodyThere("Nobody is there to answer.");
        }
        boolean absent = worst.reason == Reason.PROVIDER_UNAVAILABLE
                && worst.retryAfter().isEmpty();
        return absent ? nobodyThere(worst.getMessage()) : worst;
    }

    private static CompletionException nobodyThere(String sentence) {
        return new CompletionException(Reason.PROVIDER_UNAVAILABLE, sentence + CURE).retryAfter(SOON);
    }

    public Reason reason() {
        return reason;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(circumstances.retryAfter);
    }

    /** What could not be taken, where that is the reason. */
    public Optional<Feature> missing() {
        return Optional.ofNullable(circumstances.missing);
    }

    /** What the answer had taken when it failed, where somebody said so. */
    public Optional<Usage> spent() {
        return Optional.ofNullable(circumstances.spent);
    }

    /** Whether no other provider should be asked. */
    public boolean isFinal() {
        return circumstances.last;
    }

    /** Whether a model had said something already, so that somebody pays for the answer although it failed. */
    public boolean hasBegun() {
        return circumstances.begun;
    }
}
