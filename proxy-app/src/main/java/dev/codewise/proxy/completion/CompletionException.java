package dev.codewise.proxy.completion;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a completion could not be given, in the words of the domain. */
public final class CompletionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The kinds of failure that a caller can act upon. */
    public enum Reason {
        UNKNOWN_MODEL,
        INVALID_REQUEST,
        PROMPT_TOO_LONG,
        REFUSED,
        UNSUPPORTED,
        RATE_LIMITED,
        OVERLOADED,
        PROVIDER_UNAVAILABLE,
        PROVIDER_TIMED_OUT,
        PROVIDER_FAILED;

        /** Whether the same request would fail in the same way at every provider. */
        private boolean isFinal() {
            return switch (this) {
                case UNKNOWN_MODEL, INVALID_REQUEST, PROMPT_TOO_LONG, REFUSED -> true;
                case UNSUPPORTED, RATE_LIMITED, OVERLOADED, PROVIDER_UNAVAILABLE, PROVIDER_TIMED_OUT, PROVIDER_FAILED ->
                    false;
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
    private final boolean last;
    private final @Nullable Duration retryAfter;
    private final @Nullable Feature missing;

    /** What a request can bring that not everybody who answers can take. */
    public enum Feature {
        TOOLS,
        IMAGES,
        DOCUMENTS,
        SCHEMA
    }

    private CompletionException(
            Reason reason, String message, boolean last, @Nullable Duration retryAfter, @Nullable Feature missing) {
        super(message);
        this.reason = reason;
        this.last = last;
        this.retryAfter = retryAfter;
        this.missing = missing;
    }

    public CompletionException(Reason reason, String message) {
        this(reason, message, reason.isFinal(), null, null);
    }

    /** The failure of one who cannot take what the request brings; another may be able to. */
    public static CompletionException unsupported(Feature feature, String message) {
        return new CompletionException(Reason.UNSUPPORTED, message, false, null, feature);
    }

    /** The same failure, with the time after which another try makes sense. */
    public CompletionException retryAfter(Duration wait) {
        return new CompletionException(reason, getMessage(), last, wait, missing);
    }

    /** The same failure, where whoever failed knows that nobody else would do better. */
    public CompletionException asFinal() {
        return new CompletionException(reason, getMessage(), true, retryAfter, missing);
    }

    /** The same failure, where whoever failed knows that somebody else may do better. */
    public CompletionException asPassing() {
        return new CompletionException(reason, getMessage(), false, retryAfter, missing);
    }

    public static CompletionException unknownModel(String model) {
        return new CompletionException(
                Reason.UNKNOWN_MODEL,
                "The model \"" + model + "\" is not known here. GET /v1/models lists those that are.");
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
            case PROVIDER_UNAVAILABLE -> retryAfter == null ? Telling.NOBODY_IS_THERE : Telling.NOBODY_HAS_TIME_NOW;
            case UNSUPPORTED -> Telling.NOBODY_CAN_TAKE_IT;
            case UNKNOWN_MODEL,
                    INVALID_REQUEST,
                    PROMPT_TOO_LONG,
                    REFUSED,
                    RATE_LIMITED,
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
        boolean absent = worst.reason == Reason.PROVIDER_UNAVAILABLE && worst.retryAfter == null;
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
        return Optional.ofNullable(retryAfter);
    }

    /** What could not be taken, where that is the reason. */
    public Optional<Feature> missing() {
        return Optional.ofNullable(missing);
    }

    /** Whether no other provider should be asked. */
    public boolean isFinal() {
        return last;
    }
}
