package dev.codewise.proxy.access;

import dev.codewise.proxy.web.RequestRefused;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What an operator does with keys: make, see, change, renew and revoke them. What is done here holds here at once. */
final class Keys {

    /** A key and, this once, what its holder has to present. */
    record Made(ApiKey key, String text) {

        @Override
        public String toString() {
            return key.id();
        }
    }

    private static final Set<String> FIELDS = Set.of("name", "owner", "scopes", "expiresAt");
    private static final Set<String> CHANGEABLE = Set.of("name", "scopes", "expiresAt", "version");

    private final KeyTable table;
    private final KeyWatch watch;
    private final Clock clock;

    Keys(KeyTable table, KeyWatch watch, Clock clock) {
        this.table = table;
        this.watch = watch;
        this.clock = clock;
    }

    Flux<ApiKey> all() {
        return table.all();
    }

    Mono<ApiKey> one(String id) {
        return table.find(id).switchIfEmpty(Mono.error(Keys::unknown));
    }

    Mono<Made> make(JsonNode body) {
        var form = new KeyForm(body, FIELDS);
        var traits = KeyTraits.of(form, clock.instant());
        var text = KeyText.fresh();
        return table.insert(text, form.name("owner"), traits)
                .filter(made -> made)
                .switchIfEmpty(Mono.error(Keys::tooMany))
                .then(now(text.id()))
                .map(key -> new Made(key, text.whole().reveal()));
    }

    Mono<ApiKey> change(String id, JsonNode body) {
        var form = new KeyForm(body, CHANGEABLE);
        int version = form.version();
        return one(id).flatMap(
                        key -> table.update(id, version, KeyTraits.of(key).with(form, clock.instant())))
                .filter(changed -> changed)
                .switchIfEmpty(Mono.error(Keys::changedMeanwhile))
                .then(now(id));
    }

    /** The secret before stays good for a while, so that nobody who uses it is shut out before they have the new one. */
    Mono<Made> renew(String id, Duration overlap) {
        var text = KeyText.freshFor(id);
        return one(id).flatMap(key -> table.rotate(text, overlap))
                .filter(renewed -> renewed)
                .switchIfEmpty(Mono.error(Keys::revoked))
                .then(now(id))
                .map(key -> new Made(key, text.whole().reveal()));
    }

    /** Twice is once. */
    Mono<ApiKey> revoke(String id) {
        return one(id).flatMap(key -> table.revoke(id)).then(now(id));
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
