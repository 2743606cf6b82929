package dev.codewise.proxy.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.access.Caller;
import dev.codewise.proxy.access.KeyLimits;
import dev.codewise.proxy.access.KeysTold;
import dev.codewise.proxy.access.Scope;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class AccountsTest {

    private static final KeyLimits SOME = new KeyLimits(2L, null, null, null, null);

    private final MovableTime time = MovableTime.at("2030-01-01T00:00:00Z");
    private final Accounts accounts = new Accounts(time.time());
    private final LimitFilter filter = new LimitFilter(accounts, new LimitMetrics(new SimpleMeterRegistry()));

    @Test
    void areThereForKeysWithLimitsOnly() {
        accounts.told(new KeysTold(Map.of("a", SOME)));

        assertThat(accounts.of("a")).isNotNull();
        assertThat(accounts.of("b")).isNull();
        assertThat(accounts.of(null)).isNull();
    }

    @Test
    void areForgottenWithTheirKeys() {
        accounts.told(new KeysTold(Map.of("a", SOME)));

        accounts.told(new KeysTold(Map.of()));

        assertThat(accounts.all()).isEmpty();
    }

    @Test
    void keepWhatWasCountedWhenAnotherLimitChanges() {
        accounts.told(new KeysTold(Map.of("a", SOME)));
        account().turnstile().enter();

        accounts.told(new KeysTold(Map.of("a", new KeyLimits(2L, null, 5L, null, null))));

        assertThat(account().turnstile().inside()).isEqualTo(1);
        assertThat(account().turnstile().rate()).extracting(Rate::remaining).isEqualTo(1L);
    }

    @Test
    void letRequestsGoAfterTwoSecondsWhereTheLedgerIsAway() {
        accounts.told(new KeysTold(Map.of("a", SOME)));

        StepVerifier.withVirtualTime(this::asked)
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(1999))
                .thenAwait(Duration.ofMillis(1))
                .verifyComplete();
        StepVerifier.withVirtualTime(this::asked).verifyComplete();
        assertThat(account().isDue(time.instant())).isTrue();
    }

    @Test
    void askTheLedgerOnceMoreWhileTheyAreYoung() {
        accounts.told(new KeysTold(Map.of("a", SOME)));
        account().spentEarlier(Spent.NOTHING, time.instant());

        assertThat(account().isDue(time.instant())).isFalse();
        time.pass(Duration.ofSeconds(5));
        assertThat(account().isDue(time.instant())).isTrue();
        time.pass(Duration.ofSeconds(54));
        account().spentEarlier(Spent.NOTHING, time.instant());
        time.pass(Duration.ofDays(1));
        assertThat(account().isDue(time.instant())).isFalse();
    }

    private Account account() {
        return Objects.requireNonNull(accounts.of("a"));
    }

    private Mono<Void> asked() {
        ServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.post("/v1/chat/completions"));
        exchange.getAttributes().put(Caller.class.getName(), new Caller("a", "alice", Set.of(Scope.COMPLETIONS)));
        return filter.filter(exchange, passed -> Mono.empty());
    }
}
