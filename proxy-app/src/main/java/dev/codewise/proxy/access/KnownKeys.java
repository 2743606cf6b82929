package dev.codewise.proxy.access;

import dev.codewise.proxy.web.RequestRefused;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Whether it is known which keys there are: from the first answer of the database on. */
final class KnownKeys {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

    /** Requests that come while the database is away share one question to it. */
    private static final Duration UNTIL_ASKED_AGAIN = Duration.ofSeconds(1);

    private final Mono<Long> answer;

    private KnownKeys(Mono<Long> answer) {
        this.answer = answer;
    }

    /** Without a database there are no keys in it. */
    static KnownKeys none() {
        return new KnownKeys(Mono.empty());
    }

    static KnownKeys in(ConnectionFactory database) {
        return askedWith(
                DatabaseClient.create(database).sql("select 1").fetch().all().count());
    }

    static KnownKeys askedWith(Mono<Long> question) {
        return new KnownKeys(
                question.timeout(PATIENCE).cache(rows -> FOREVER, failure -> UNTIL_ASKED_AGAIN, () -> FOREVER));
    }

    /** Completes once they are known, and refuses until then. */
    Mono<Void> orRefuse() {
        return answer.onErrorMap(failure -> refusal()).then();
    }

    private static RequestRefused refusal() {
        return new RequestRefused(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "The database has not answered since the start, and it may hold keys, so only CODEWISE_API_KEY would"
                                + " open this. Try again shortly, or set that variable.")
                .retryAfter(PATIENCE);
    }
}
