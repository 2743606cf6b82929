package dev.codewise.proxy.ledger;

import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Serves an operator who wants to know who used what, and what it cost. */
@RestController
class UsageController {

    private final UsageReport report;

    UsageController(UsageTable table) {
        this.report = new UsageReport(table);
    }

    @GetMapping("/api/admin/usage")
    Mono<Usages> usage(@RequestParam MultiValueMap<String, String> parameters) {
        return report.of(parameters);
    }
}
