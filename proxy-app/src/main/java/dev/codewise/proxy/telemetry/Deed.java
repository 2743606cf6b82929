package dev.codewise.proxy.telemetry;

import dev.codewise.proxy.completion.CompletionEnded;
import dev.codewise.proxy.completion.CompletionEnded.Outcome;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.Surface;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** One request that is over, in the words of OpenTelemetry's conventions for generative AI. */
record Deed(CompletionEnded ended) {

    /** Whoever answers, it is a model of theirs. */
    static final String PROVIDER = "anthropic";

    String operation() {
        return ended.origin().surface() == Surface.COMPLETIONS ? "text_completion" : "chat";
    }

    /** By which way it was answered: an agent or the API itself. */
    String way() {
        return ended.answeredBy() == null ? "none" : ended.answeredBy().provider();
    }

    /** Empty for a request that was answered. */
    String error() {
        Reason reason = ended.failure();
        return switch (ended.outcome()) {
            case ANSWERED -> "";
            case CANCELLED -> "cancelled";
            case FAILED -> reason == null ? "_OTHER" : reason.name().toLowerCase(Locale.ROOT);
        };
    }

    Duration duration() {
        return Duration.between(ended.startedAt(), ended.endedAt());
    }

    /** From the request to the first piece of a whole answer. */
    Optional<Duration> toFirstToken() {
        return Optional.ofNullable(ended.firstPieceAt())
                .filter(first -> ended.outcome() == Outcome.ANSWERED)
                .map(first -> Duration.between(ended.startedAt(), first));
    }

    /** What each token took after the first one, where there are several. */
    Optional<Duration> perOutputToken() {
        long tokens = ended.usage() == null ? 0 : ended.usage().output();
        return toFirstToken()
                .filter(first -> tokens > 1)
                .map(first -> duration().minus(first).dividedBy(tokens - 1));
    }
}
