package dev.codewise.proxy.access;

import dev.codewise.proxy.web.RequestRefused;
import java.time.Clock;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What an operator does with the tokens of agents: make, see, change and revoke them. What is done here holds here at once. */
final class Tokens {

    /** A token and, this once, what its agent has to present. */
    record Made(AgentToken token, String text) {

        @Override
        public String toString() {
            return token.id();
        }
    }

    private static final Set<String> FIELDS = Set.of("agentId", "owner", "name", "pool", "expiresAt");
    private static final Set<String> CHANGEABLE = Set.of("name", "pool", "expiresAt", "version");

    private final TokenTable table;
    private final KeyWatch watch;
    private final AuditTrail trail;
    private final TransactionalOperator together;
    private final Clock clock;

    Tokens(TokenTable table, KeyWatch watch, AuditTrail trail, TransactionalOperator together, Clock clock) {
        this.table = table;
        this.watch = watch;
        this.trail = trail;
        this.together = together;
        this.clock = clock;
    }

    Flux<AgentToken> all() {
        return table.all();
    }

    Mono<AgentToken> one(String id) {
        return table.find(id).switchIfEmpty(Mono.error(Tokens::unknown));
    }

    Mono<Made> make(Actor actor, JsonNode body) {
        var form = new KeyForm(body, FIELDS);
        var text = KeyText.freshToken(form.agentId());
        var owner = form.name("owner");
        return made(actor, text, owner, TokenTraits.of(form, text.id(), clock.instant()));
    }

    /** Read before the end of the transaction: what was made is told whatever becomes of the database afterwards. */
    private Mono<Made> made(Actor actor, KeyText text, String owner, TokenTraits traits) {
        String id = KeyText.freshId();
        return ownedBy(owner, text.id())
                .then(done(table.insert(id, text, owner, traits), Tokens::tooMany))
                .then(trail.note(actor, "token.made", id, text.id() + " of " + owner + ", " + traits))
                .then(one(id))
                .as(together::transactional)
                .map(token -> new Made(token, text.whole().reveal()))
                .delayUntil(made -> watch.hasten());
    }

    /** Fails where another owner has the agent, and lets nobody else take it until the transaction is over. */
    private Mono<Boolean> ownedBy(String owner, String agentId) {
        return table.lock(agentId)
                .then(done(table.isOfAnother(agentId, owner).map(other -> !other), Tokens::ofAnother));
    }

    Mono<AgentToken> change(Actor actor, String id, JsonNode body) {
        var form = new KeyForm(body, CHANGEABLE);
        int version = form.version();
        return one(id).flatMap(token ->
                        changed(actor, token, version, TokenTraits.of(token).with(form, clock.instant())))
                .then(now(id));
    }

    /** One that had expired may be good again, and its agent another's by now. */
    private Mono<Void> changed(Actor actor, AgentToken token, int version, TokenTraits traits) {
        return ownedBy(token.owner(), token.agentId())
                .then(done(table.update(token.id(), version, traits), Tokens::changedMeanwhile))
                .then(trail.note(actor, "token.changed", token.id(), traits.toString()))
                .as(together::transactional);
    }

    /** Twice is once. */
    Mono<AgentToken> revoke(Actor actor, String id) {
        return one(id).then(table.revoke(id))
                .filter(revoked -> revoked)
                .flatMap(revoked -> trail.note(actor, "token.revoked", id, null))
                .as(together::transactional)
                .then(now(id));
    }

    private static Mono<Boolean> done(Mono<Boolean> deed, Supplier<RequestRefused> orElse) {
        return deed.filter(done -> done).switchIfEmpty(Mono.error(orElse));
    }

    private Mono<AgentToken> now(String id) {
        return watch.refresh().then(Mono.defer(() -> one(id)));
    }

    private static RequestRefused unknown() {
        return new RequestRefused(
                HttpStatus.NOT_FOUND, "There is no such token. GET /api/admin/agent-tokens lists those there are.");
    }

    private static RequestRefused tooMany() {
        return new RequestRefused(
                HttpStatus.CONFLICT, "There are " + TokenTable.MOST + " tokens already. Revoke one that nobody uses.");
    }

    private static RequestRefused ofAnother() {
        return new RequestRefused(
                HttpStatus.CONFLICT,
                "There is a token for this agent that belongs to another owner. Revoke that one, or choose another \"agentId\".");
    }

    private static RequestRefused changedMeanwhile() {
        return new RequestRefused(
                HttpStatus.CONFLICT,
                "The token was changed or revoked since you have seen it. Read it again, and decide.");
    }
}
