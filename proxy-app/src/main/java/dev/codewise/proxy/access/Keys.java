package dev.codewise.proxy.access;

import dev.codewise.proxy.web.RequestRefused;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What an operator does with keys: make, see, change, renew and revoke them. What is done here holds here at once. */
public final class Keys {

    /** A key and, this once, what its holder has to present. */
    public record Made(ApiKey key, String text) {

        @Override
        public String toString() {
            return key.id();
        }
    }

    private static final Set<String> FIELDS = Set.of("name", "owner", "scopes", "models", "expiresAt", "limits");
    private static final Set<String> CHANGEABLE = Set.of("name", "scopes", "models", "expiresAt", "limits", "version");

    private final KeyTable table;
    private final KeyWatch watch;
    private final AuditTrail trail;
    private final TransactionalOperator together;
    private final Clock clock;

    /** For a program that is no proxy: the proxies of this database hear of what it does within a second. */
    public static Keys in(ConnectionFactory database) {
        var clock = Clock.systemUTC();
        var client = DatabaseClient.create(database);
        var table = new KeyTable(client);
        var together = TransactionalOperator.create(new R2dbcTransactionManager(database));
        var watch = KeyWatch.over(table, new TokenTable(client), nobodyIsTold -> {});
        return new Keys(table, watch, new AuditTrail(client), together, clock);
    }

    Keys(KeyTable table, KeyWatch watch, AuditTrail trail, TransactionalOperator together, Clock clock) {
        this.table = table;
        this.watch = watch;
        this.trail = trail;
        this.together = together;
        this.clock = clock;
    }

    public Flux<ApiKey> all() {
        return table.all();
    }

    Mono<ApiKey> one(String id) {
        return table.find(id).switchIfEmpty(Mono.error(Keys::unknown));
    }

    public Mono<Made> make(Actor actor, JsonNode body) {
        var form = new KeyForm(body, FIELDS);
        var traits = KeyTraits.of(form, clock.instant());
        var owner = form.name("owner");
        var text = KeyText.fresh();
        return told(
                text,
                done(table.insert(text, owner, traits), Keys::tooMany)
                        .then(trail.note(actor, "key.made", text.id(), owner + ", " + traits)));
    }

    Mono<ApiKey> change(Actor actor, String id, JsonNode body) {
        var form = new KeyForm(body, CHANGEABLE);
        int version = form.version();
        return one(id).map(key -> KeyTraits.of(key).with(form, clock.instant()))
                .flatMap(traits -> changed(actor, id, version, traits))
                .then(now(id));
    }

    private Mono<Void> changed(Actor actor, String id, int version, KeyTraits traits) {
        return done(table.update(id, version, traits), Keys::changedMeanwhile)
                .then(trail.note(actor, "key.changed", id, traits.toString()))
                .as(together::transactional);
    }

    /** The secret before stays good for a while, so that nobody who uses it is shut out before they have the new one. */
    public Mono<Made> renew(Actor actor, String id, Duration overlap) {
        var text = KeyText.freshFor(id);
        return told(
                text,
                table.findLocked(id)
                        .switchIfEmpty(Mono.error(Keys::unknown))
                        .then(done(table.rotate(text, overlap), Keys::revoked))
                        .then(trail.note(actor, "key.renewed", id, "overlap " + overlap)));
    }

    /** Twice is once. */
    public Mono<ApiKey> revoke(Actor actor, String id) {
        return one(id).then(table.revoke(id))
                .filter(revoked -> revoked)
                .flatMap(revoked -> trail.note(actor, "key.revoked", id, null))
                .as(together::transactional)
                .then(now(id));
    }

    private static Mono<Boolean> done(Mono<Boolean> deed, Supplier<RequestRefused> orElse) {
        return deed.filter(done -> done).switchIfEmpty(Mono.error(orElse));
    }

    /** Read before the end of the transaction: the secret is told whatever becomes of the database afterwards. */
    private Mono<Made> told(KeyText text, Mono<Void> deed) {
        return deed.then(one(text.id()))
                .as(together::transactional)
                .map(key -> new Made(key, text.whole().reveal()))
                .delayUntil(made -> watch.hasten());
    }

    private Mono<ApiKey> now(String id) {
        return watch.refresh().then(Mono.defer(() -> one(id)));
    }

    private static RequestRefused unknown() {
        return new RequestRefused(
                HttpStatus.NOT_FOUND, "There is no such key. GET /api/admin/keys lists those there are.");
    }

    private static RequestRefused tooMany() {
        return new RequestRefused(
                HttpStatus.CONFLICT, "There are " + KeyTable.MOST + " keys already. Revoke one that nobody uses.");
    }

    private static RequestRefused changedMeanwhile() {
        return new RequestRefused(
                HttpStatus.CONFLICT,
                "The key was changed or revoked since you have seen it. Read it again, and decide.");
    }

    private static RequestRefused revoked() {
        return new RequestRefused(HttpStatus.CONFLICT, "The key is revoked, for good. Make a new one.");
    }
}
