package dev.codewise.proxy.limits;

import dev.codewise.proxy.completion.Admission;
import dev.codewise.proxy.completion.CompletionEnded;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.Demand;
import dev.codewise.proxy.completion.Origin;
import dev.codewise.proxy.limits.Spending.Reservation;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.context.event.EventListener;

/** Lets a request begin where its key may spend what it will take, and settles with the key when it is over, however that came. */
final class Limiter implements Admission {

    private final Accounts accounts;
    private final Costs costs;
    private final LimitMetrics metrics;

    /** By the id of the request; as many as are under way, each of which ends. */
    private final Map<String, Admitted> admitted = new ConcurrentHashMap<>();

    /** What is set aside for a request, and how long its answer may get. */
    private record Admitted(Reservation reservation, int mostOutput) {}

    Limiter(Accounts accounts, Costs costs, LimitMetrics metrics) {
        this.accounts = accounts;
        this.costs = costs;
        this.metrics = metrics;
    }

    @Override
    public void admit(Origin origin, String model, Supplier<Demand> demand) {
        Account account = accounts.of(origin.client().keyId());
        if (account != null) {
            Demand most = demand.get();
            Reservation reservation = reserve(account, costs.atMost(model, most));
            admitted.put(origin.requestId(), new Admitted(reservation, Costs.longestAnswer(model, most)));
        }
    }

    private Reservation reserve(Account account, Amount estimate) {
        try {
            return account.spending().reserve(estimate);
        } catch (LimitReached reached) {
            metrics.refused(reached.limit());
            throw refusal(reached);
        }
    }

    private static CompletionException refusal(LimitReached reached) {
        Reason reason = reached.limit() == Limit.BUDGET_SPENT ? Reason.BUDGET_SPENT : Reason.RATE_LIMITED;
        return new CompletionException(reason, reached.getMessage()).retryAfter(reached.howLong());
    }

    /** What had begun before its key had limits is spent all the same. */
    @EventListener
    void ended(CompletionEnded request) {
        Admitted known = admitted.remove(request.requestId());
        Account account = accounts.of(request.origin().client().keyId());
        if (known != null) {
            known.reservation.settle(costs.of(request, known.mostOutput));
        } else if (account != null) {
            account.spending().spend(costs.of(request, Integer.MAX_VALUE));
        }
    }
}
