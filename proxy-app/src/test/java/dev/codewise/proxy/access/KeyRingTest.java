package dev.codewise.proxy.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyRingTest {

    private static final Instant END = Instant.parse("2030-01-01T00:00:00Z");

    private final KeyText key = KeyText.fresh();
    private final Caller alice = new Caller(key.id(), "alice", Set.of(Scope.COMPLETIONS));

    @Test
    void opensForAKeyUntilItsEndThoughTheDatabaseSaysNothingMore() {
        assertThat(ringAt(END.minusMillis(1)).find(key.whole().reveal())).hasValue(alice);
        assertThat(ringAt(END).find(key.whole().reveal())).isEmpty();
    }

    @Test
    void opensForNoOtherSecretOfTheSameKey() {
        String other = KeyText.freshFor(key.id()).whole().reveal();

        assertThat(ringAt(END.minusMillis(1)).find(other)).isEmpty();
        assertThat(ringAt(END.minusMillis(1)).find("cwk_" + key.id() + "_")).isEmpty();
    }

    @Test
    void knowsNothingBeforeItWasTold() {
        var ring = new KeyRing<Caller>(KeyText::read, Clock.systemUTC());

        assertThat(ring.isKnown()).isFalse();
        assertThat(ring.hasAny()).isFalse();
        assertThat(ring.find(key.whole().reveal())).isEmpty();
    }

    @Test
    void remembersThatThereWasAKeyOnce() {
        var ring = new KeyRing<Caller>(KeyText::read, Clock.systemUTC());

        ring.replace(List.of(), true);

        assertThat(ring.isKnown()).isTrue();
        assertThat(ring.hasAny()).isTrue();
    }

    @Test
    void printsNoSecret() {
        assertThat(key.toString())
                .contains(key.id())
                .doesNotContain(key.whole().reveal().substring(17));
    }

    private KeyRing<Caller> ringAt(Instant now) {
        var ring = new KeyRing<Caller>(KeyText::read, Clock.fixed(now, ZoneOffset.UTC));
        ring.replace(List.of(new HeldKey<>(key.id(), key.hash(), alice, END, KeyLimits.NONE)), true);
        return ring;
    }
}
