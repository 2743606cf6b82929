package dev.codewise.proxy.limits;

import dev.codewise.proxy.access.Caller;
import dev.codewise.proxy.web.RequestRefused;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Counts the requests of a key that has limits, and tells it with each answer how far it has come. Only what asks a model is
 * counted: to look at the models or at a kept response, or to cancel one, is always allowed.
 */
final class LimitFilter implements WebFilter, Ordered {

    /** So long a request waits for the ledger to tell what was spent before; then what is known has to do. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** A client has its whole answer a moment before that is over here, and may ask again at once. */
    private static final Mono<Long> A_MOMENT = Mono.delay(Duration.ofMillis(100));

    private static final PathPattern OURS = PathPatternParser.defaultInstance.parse("/v1/**");
    private static final List<PathPattern> ASKING = Stream.of(
                    "/v1/chat/completions",
                    "/v1/completions",
                    "/v1/responses",
                    "/v1/messages",
                    "/v1/messages/count_tokens")
            .map(PathPatternParser.defaultInstance::parse)
            .toList();

    private final Accounts accounts;
    private final LimitMetrics metrics;

    LimitFilter(Accounts accounts, LimitMetrics metrics) {
        this.accounts = accounts;
        this.metrics = metrics;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Account account = accounts.of(Caller.of(exchange).keyId());
        return account == null || !OURS.matches(path(exchange))
                ? chain.filter(exchange)
                : limited(account, exchange, chain);
    }

    private Mono<Void> limited(Account account, ServerWebExchange exchange, WebFilterChain chain) {
        var response = exchange.getResponse();
        response.beforeCommit(() -> Mono.fromRunnable(() -> LimitHeaders.write(account, response.getHeaders())));
        return asksModel(exchange) ? counted(account, chain.filter(exchange)) : chain.filter(exchange);
    }

    private Mono<Void> counted(Account account, Mono<Void> answering) {
        Mono<Void> inside = Mono.using(() -> entered(account), turnstile -> answering, Turnstile::leave);
        Mono<Void> ready = account.isSettled() ? Mono.empty() : settled(account);
        return ready.then(Mono.defer(() -> account.turnstile().isFull() ? A_MOMENT.then(inside) : inside));
    }

    private static Mono<Void> settled(Account account) {
        return account.settled().timeout(PATIENCE, Mono.fromRunnable(account::settle));
    }

    private Turnstile entered(Account account) {
        try {
            account.turnstile().enter();
            return account.turnstile();
        } catch (LimitReached reached) {
            metrics.refused(reached.limit());
            throw new RequestRefused(HttpStatus.TOO_MANY_REQUESTS, reached.getMessage()).retryAfter(reached.howLong());
        }
    }

    private static boolean asksModel(ServerWebExchange exchange) {
        PathContainer path = path(exchange);
        return HttpMethod.POST.equals(exchange.getRequest().getMethod())
                && ASKING.stream().anyMatch(pattern -> pattern.matches(path));
    }

    private static PathContainer path(ServerWebExchange exchange) {
        return exchange.getRequest().getPath().pathWithinApplication();
    }

    /** After the doors, which know who calls. */
    @Override
    public int getOrder() {
        return 0;
    }
}
