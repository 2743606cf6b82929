package dev.codewise.proxy.limits;

import java.util.Locale;

/** What a request can be refused for. */
enum Limit {
    REQUESTS_PER_MINUTE,
    CONCURRENT_REQUESTS,
    TOKENS_PER_MINUTE,
    /** What is left of a budget is set aside for requests that are under way, and may turn out to be more than they need. */
    BUDGET_RESERVED,
    BUDGET_SPENT;

    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
