package dev.codewise.proxy.access;

import dev.codewise.proxy.pulse.Pulse;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Clock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/** Wires the keys: from the table into the ring, and the operator's hand to both. */
@Configuration(proxyBeanMethods = false)
class KeyConfiguration {

    @Bean
    KeyTable keyTable(ConnectionFactory database) {
        return new KeyTable(DatabaseClient.create(database));
    }

    @Bean
    KeyRing<Caller> keyRing() {
        return new KeyRing<>(KeyText::read, Clock.systemUTC());
    }

    @Bean
    TokenTable tokenTable(ConnectionFactory database) {
        return new TokenTable(DatabaseClient.create(database));
    }

    @Bean
    KeyRing<Badge> tokenRing() {
        return new KeyRing<>(KeyText::readToken, Clock.systemUTC());
    }

    @Bean
    Badges badges(AgentSecret secret, KeyRing<Badge> tokenRing) {
        return new Badges(secret, tokenRing);
    }

    @Bean
    KeyWatch keyWatch(
            KeyTable keys,
            TokenTable tokens,
            KeyRing<Caller> keyRing,
            KeyRing<Badge> tokenRing,
            ApplicationEventPublisher events) {
        return KeyWatch.over(keys, tokens, held -> {
            events.publishEvent(KeysTold.of(held.keys()));
            keyRing.replace(held.keys(), held.anyKey());
            tokenRing.replace(held.tokens(), !held.tokens().isEmpty());
        });
    }

    @Bean
    Pulse keysRead(KeyWatch watch) {
        return watch.pulse();
    }

    @Bean
    LastUse lastUse(KeyTable table) {
        return new LastUse(table, Clock.systemUTC());
    }

    @Bean
    Pulse lastUsesWritten(LastUse uses) {
        return uses.pulse();
    }

    @Bean
    AuditTrail auditTrail(ConnectionFactory database) {
        return new AuditTrail(DatabaseClient.create(database));
    }

    @Bean
    LateNotes refusedLogins(AuditTrail trail) {
        return new LateNotes(trail, LoginBursts.MOST_WAITING);
    }

    @Bean
    LoginBursts loginBursts(LateNotes refusedLogins) {
        return new LoginBursts(refusedLogins);
    }

    @Bean
    Pulse refusedLoginsNoted(LateNotes refusedLogins) {
        return refusedLogins.pulse("to note refused logins");
    }

    @Bean
    LateNotes otherDeeds(AuditTrail trail) {
        return new LateNotes(trail, Deeds.MOST_WAITING);
    }

    @Bean
    Deeds deeds(LateNotes otherDeeds) {
        return new Deeds(otherDeeds);
    }

    @Bean
    Pulse otherDeedsNoted(LateNotes otherDeeds) {
        return otherDeeds.pulse("to note what was done");
    }

    @Bean
    Actors actors(ClientAddress addresses) {
        return new Actors(addresses);
    }

    @Bean
    Keys keys(KeyTable table, KeyWatch watch, AuditTrail trail, ConnectionFactory database) {
        return new Keys(table, watch, trail, together(database), Clock.systemUTC());
    }

    @Bean
    Tokens tokens(TokenTable table, KeyWatch watch, AuditTrail trail, ConnectionFactory database) {
        return new Tokens(table, watch, trail, together(database), Clock.systemUTC());
    }

    private static TransactionalOperator together(ConnectionFactory database) {
        return TransactionalOperator.create(new R2dbcTransactionManager(database));
    }
}
