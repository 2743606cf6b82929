package dev.codewise.proxy.ledger;

import dev.codewise.proxy.ledger.UsageTable.By;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.Mono;

/** Tells an operator who used what, by the parameters {@code from}, {@code to} and {@code by}, however they came. */
public final class UsageReport {

    private static final Set<String> PARAMETERS = Set.of("from", "to", "by");
    private static final Set<String> GROUPS =
            Stream.of(By.values()).map(UsageReport::nameOf).collect(Collectors.toUnmodifiableSet());

    private final UsageTable table;

    UsageReport(UsageTable table) {
        this.table = table;
    }

    /** For a program that is no proxy. */
    public static UsageReport in(ConnectionFactory database) {
        return new UsageReport(new UsageTable(DatabaseClient.create(database)));
    }

    public Mono<Usages> of(MultiValueMap<String, String> parameters) {
        var question = new Question(parameters, PARAMETERS);
        String by = question.oneOf("by", GROUPS);
        return table.in(
                Period.in(question, Instant.now()), by == null ? By.OWNER : By.valueOf(by.toUpperCase(Locale.ROOT)));
    }

    private static String nameOf(By by) {
        return by.name().toLowerCase(Locale.ROOT);
    }
}
