package dev.codewise.proxy.ledger;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who used what: sums of the ledger, in all and for each group, of which the largest are told. */
public record Usages(@JsonUnwrapped Period period, Sums total, List<Group> groups, long groupsLeftOut) {

    /** The sums of those requests that have this in common, which may be that they have none of it. */
    public record Group(
            @Nullable String group, @JsonUnwrapped Sums sums) {}

    /**
     * How many requests there were, how they ended, what they used and cost. Unknown is not zero: what nobody counted is not in the
     * sums, and of so many that somebody took the price is not known.
     */
    public record Sums(
            Outcomes requests, Tokens tokens, @Nullable BigDecimal costUsd, long withoutPrice) {}

    /** So many of them in all, and of each outcome. */
    public record Outcomes(long all, long answered, long failed, long cancelled) {}

    /** The tokens that were counted; input leaves the cached ones out, and those of reasoning are output too. */
    public record Tokens(long input, long output, long cacheRead, long cacheWrite, long reasoning) {}
}
