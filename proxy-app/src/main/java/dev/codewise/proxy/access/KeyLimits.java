package dev.codewise.proxy.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How much of this proxy a key may use; what is absent is not limited. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeyLimits(
        @Nullable Long requestsPerMinute,
        @Nullable Long tokensPerMinute,
        @Nullable Long concurrentRequests,
        @Nullable Budget perDay,
        @Nullable Budget perMonth) {

    public static final KeyLimits NONE = new KeyLimits(null, null, null, null, null);

    /** A budget that limits nothing is none. */
    public KeyLimits {
        perDay = perDay == null || perDay.isNone() ? null : perDay;
        perMonth = perMonth == null || perMonth.isNone() ? null : perMonth;
    }

    public boolean areNone() {
        return equals(NONE);
    }

    /** As the audit tells them. */
    @Override
    public String toString() {
        return Stream.of(
                        said(requestsPerMinute, "requests a minute"),
                        said(tokensPerMinute, "tokens a minute"),
                        said(concurrentRequests, "at once"),
                        said(perDay, "a day"),
                        said(perMonth, "a month"))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
    }

    private static @Nullable String said(@Nullable Object limit, String what) {
        return limit == null ? null : limit + " " + what;
    }
}
