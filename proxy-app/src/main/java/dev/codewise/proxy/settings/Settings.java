package dev.codewise.proxy.settings;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

/**
 * What an operator has chosen; what is absent is as the environment says. Each constraint tells the whole rule, since its words are
 * what whoever breaks it gets to read.
 */
public record Settings(
        @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9._:/\\[\\]@-]{0,127}", message = MODEL) @Nullable
        String defaultModel,

        @Min(value = 1, message = WINDOW) @Max(value = 100_000_000, message = WINDOW) @Nullable
        Long contextWindow,

        @DurationMin(seconds = 1, message = TIMEOUT) @DurationMax(hours = 24, message = TIMEOUT) @Nullable
        Duration requestTimeout,

        @DurationMin(seconds = 1, message = LONGEST) @DurationMax(hours = 24, message = LONGEST) @Nullable
        Duration requestMaxDuration,

        @Min(value = 0, message = LINE) @Max(value = 100_000, message = LINE) @Nullable
        Integer queueLimit,

        @DurationMin(seconds = 0, message = WAIT) @DurationMax(hours = 1, message = WAIT) @Nullable
        Duration queueWait,

        @DurationMin(minutes = 1, message = RESPONSES) @DurationMax(days = 36_500, message = RESPONSES) @Nullable
        Duration responsesRetention,

        @DurationMin(days = 1, message = LEDGER) @DurationMax(days = 36_500, message = LEDGER) @Nullable
        Duration ledgerRetention) {

    public static final Settings NONE = new Settings(null, null, null, null, null, null, null, null);

    private static final String MODEL = "must be the name of a model, such as \"sonnet\", or null for none";
    private static final String WINDOW = "must be a number of tokens from 1 to 100000000, or null for no limit";
    private static final String TIMEOUT =
            "must be a duration from 1s to 24h, such as \"120s\", or null for REQUEST_TIMEOUT";
    private static final String LONGEST =
            "must be a duration from 1s to 24h, such as \"30m\", or null for REQUEST_MAX_DURATION";
    private static final String LINE = "must be a whole number from 0 to 100000, or null for QUEUE_LIMIT";
    private static final String WAIT = "must be a duration from 0s to 1h, such as \"5s\", or null for QUEUE_WAIT";
    private static final String RESPONSES =
            "must be a duration from 1m to 36500d, such as \"30d\", or null for RESPONSES_RETENTION";
    private static final String LEDGER =
            "must be a duration from 1d to 36500d, such as \"400d\", or null for LEDGER_RETENTION";

    /** What was chosen, or else what the environment says. */
    public static <T> T or(@Nullable T chosen, T otherwise) {
        return chosen == null ? otherwise : chosen;
    }
}
