package dev.codewise.proxy.ledger;

import dev.codewise.proxy.ledger.UsageTable.By;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Serves an operator who wants to know who used what, and what it cost. */
@RestController
class UsageController {

    private static final Set<String> PARAMETERS = Set.of("from", "to", "by");
    private static final Set<String> GROUPS =
            Stream.of(By.values()).map(UsageController::nameOf).collect(Collectors.toUnmodifiableSet());

    private final UsageTable table;

    UsageController(UsageTable table) {
        this.table = table;
    }

    @GetMapping("/api/admin/usage")
    Mono<Usages> usage(@RequestParam MultiValueMap<String, String> parameters) {
        var question = new Question(parameters, PARAMETERS);
        String by = question.oneOf("by", GROUPS);
        return table.in(
                Period.in(question, Instant.now()), by == null ? By.OWNER : By.valueOf(by.toUpperCase(Locale.ROOT)));
    }

    private static String nameOf(By by) {
        return by.name().toLowerCase(Locale.ROOT);
    }
}
