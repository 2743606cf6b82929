package dev.codewise.proxy.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Serves an operator who looks for single requests. */
@RestController
class RequestsController {

    /** Some entries, and what to ask for the next ones with, if there are any. */
    record Page(List<LedgerEntry> requests, @Nullable String next) {

        static Page of(List<LedgerEntry> entries, Search search) {
            int limit = search.limit();
            return entries.size() <= limit
                    ? new Page(entries, null)
                    : new Page(
                            entries.subList(0, limit),
                            Cursor.after(entries.get(limit - 1), search.period())
                                    .text());
        }
    }

    private final RequestTable table;

    RequestsController(RequestTable table) {
        this.table = table;
    }

    @GetMapping("/api/admin/requests")
    Mono<Page> page(@RequestParam MultiValueMap<String, String> parameters) {
        Search search = Search.in(new Question(parameters, Search.parameters()), Instant.now());
        return table.find(search).collectList().map(entries -> Page.of(entries, search));
    }
}
