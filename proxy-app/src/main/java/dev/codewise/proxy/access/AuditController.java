package dev.codewise.proxy.access;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Serves an operator who wants to know who did what. */
@RestController
class AuditController {

    private static final int USUAL = 100;
    private static final int MOST = 1000;
    private static final String RULE = "must be from 1 to " + MOST;

    /** A page, and where the next one begins, if there is one. */
    record Page(List<AuditEntry> entries, @Nullable Long before) {

        static Page of(List<AuditEntry> entries, int limit) {
            return new Page(
                    entries,
                    entries.size() < limit
                            ? null
                            : entries.get(entries.size() - 1).id());
        }
    }

    private final AuditTrail trail;

    AuditController(AuditTrail trail) {
        this.trail = trail;
    }

    /** The newest first. */
    @GetMapping("/api/admin/audit")
    Mono<Page> page(
            @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
            @RequestParam(defaultValue = "" + USUAL) @Min(value = 1, message = RULE) @Max(value = MOST, message = RULE)
                    int limit) {
        return trail.before(before, limit).collectList().map(entries -> Page.of(entries, limit));
    }
}
