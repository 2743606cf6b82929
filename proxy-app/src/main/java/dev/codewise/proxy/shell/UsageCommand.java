package dev.codewise.proxy.shell;

import dev.codewise.proxy.ledger.UsageReport;
import dev.codewise.proxy.ledger.Usages;
import dev.codewise.proxy.ledger.Usages.Group;
import dev.codewise.proxy.ledger.Usages.Sums;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells who used what, and what it cost. */
@Command(name = "usage", header = "Tells who used what, and what it cost.")
final class UsageCommand implements Runnable {

    private static final int DECIMALS = 4;

    private final Place place;

    @Mixin
    private Output output;

    @Option(
            names = "--by",
            defaultValue = "owner",
            description = "What to add up by: key, owner, model, agent or day (default: ${DEFAULT-VALUE}).")
    private String by;

    @Option(
            names = "--from",
            description = "From when on, such as 2026-01-31 or 2026-01-31T12:00:00Z (default: 30 days ago).")
    private @Nullable String from;

    @Option(names = "--to", description = "Until just before when (default: now).")
    private @Nullable String to;

    UsageCommand(Place place) {
        this.place = place;
    }

    @Override
    public void run() {
        Usages usages = place.ask(database -> UsageReport.in(database).of(question()));
        output.result(usages, table(usages));
        output.remark("From " + Table.time(usages.period().from()) + " to "
                + Table.time(usages.period().to()) + " UTC." + unpriced(usages.total()) + leftOut(usages));
    }

    private MultiValueMap<String, String> question() {
        var question = new LinkedMultiValueMap<String, String>();
        question.set("by", by);
        if (from != null) {
            question.set("from", from);
        }
        if (to != null) {
            question.set("to", to);
        }
        return question;
    }

    private String table(Usages usages) {
        var table = new Table(
                by.toUpperCase(Locale.ROOT),
                "REQUESTS",
                "ANSWERED",
                "FAILED",
                "CANCELLED",
                "INPUT",
                "OUTPUT",
                "CACHE READ",
                "CACHE WRITE",
                "COST USD");
        usages.groups().forEach(group -> row(table, nameOf(group), group.sums()));
        row(table, "total", usages.total());
        return table.toString();
    }

    private static String nameOf(Group group) {
        return group.group() == null ? "(none)" : group.group();
    }

    private static void row(Table table, String name, Sums sums) {
        table.row(
                name,
                Table.number(sums.requests().all()),
                Table.number(sums.requests().answered()),
                Table.number(sums.requests().failed()),
                Table.number(sums.requests().cancelled()),
                Table.number(sums.tokens().input()),
                Table.number(sums.tokens().output()),
                Table.number(sums.tokens().cacheRead()),
                Table.number(sums.tokens().cacheWrite()),
                money(sums.costUsd()));
    }

    /** Unknown is not zero. */
    private static String money(@Nullable BigDecimal usd) {
        return usd == null
                ? Table.NOTHING
                : String.format(Locale.ROOT, "%,." + DECIMALS + "f", usd.setScale(DECIMALS, RoundingMode.HALF_UP));
    }

    private static String unpriced(Sums total) {
        return total.withoutPrice() == 0
                ? ""
                : " The price of " + Table.number(total.withoutPrice()) + " requests is not known.";
    }

    private static String leftOut(Usages usages) {
        return usages.groupsLeftOut() == 0
                ? ""
                : " " + Table.number(usages.groupsLeftOut()) + " more groups are only in the total.";
    }
}
