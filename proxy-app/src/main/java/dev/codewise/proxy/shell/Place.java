package dev.codewise.proxy.shell;

import dev.codewise.proxy.access.Actor;
import dev.codewise.proxy.database.DatabaseUnusableException;
import dev.codewise.proxy.database.DatabaseVisit;
import dev.codewise.proxy.home.CodewiseHome;
import dev.codewise.proxy.web.RequestRefused;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import reactor.core.publisher.Mono;

/** Where a command works: in the database of the proxy that has these variables. */
final class Place {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<String, String> variables;

    Place(Map<String, String> variables) {
        this.variables = variables;
    }

    /** Waits for what comes of it: a command has nothing else to do. */
    <T> T ask(Function<ConnectionFactory, Mono<T>> work) {
        var home = CodewiseHome.named(variable("CODEWISE_HOME"));
        try (var visit = DatabaseVisit.to(variable("DATABASE_URL"), home)) {
            return work.apply(visit.connections())
                    .onErrorMap(Place::isOfDatabase, visit::unusable)
                    .timeout(PATIENCE, Mono.error(Place::tooSlow))
                    .blockOptional()
                    .orElseThrow();
        }
    }

    private @Nullable String variable(String name) {
        String value = variables.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static boolean isOfDatabase(Throwable failure) {
        return failure instanceof DataAccessException
                || failure instanceof TransactionException
                || failure instanceof R2dbcException;
    }

    private static IllegalStateException tooSlow() {
        return new IllegalStateException("The database has not answered within " + PATIENCE.toSeconds() + " s.");
    }

    /** Whoever has a shell on this machine. */
    Actor actor() {
        return Actor.atShell(System.getProperty("user.name", "somebody"));
    }

    /** What to tell of a failure: some are a sentence, and others nobody has thought of. */
    static String sentence(Exception failure) {
        boolean told = failure instanceof RequestRefused
                || failure instanceof DatabaseUnusableException
                || failure instanceof IllegalArgumentException
                || failure instanceof IllegalStateException;
        return told ? String.valueOf(failure.getMessage()) : "failed unexpectedly: " + failure;
    }
}
