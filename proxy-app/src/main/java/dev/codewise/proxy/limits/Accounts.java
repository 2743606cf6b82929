package dev.codewise.proxy.limits;

import dev.codewise.proxy.access.KeyLimits;
import dev.codewise.proxy.access.KeysTold;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;

/** The accounts of the keys that have limits, as the database last told them; no more than there may be keys. */
final class Accounts {

    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final LimitTime time;

    Accounts(LimitTime time) {
        this.time = time;
    }

    /** A change of the limits leaves what was counted; a key that is gone, or has none any more, is forgotten. */
    @EventListener
    void told(KeysTold keys) {
        accounts.keySet().retainAll(keys.limits().keySet());
        keys.limits().forEach(this::limit);
    }

    private void limit(String keyId, KeyLimits limits) {
        accounts.computeIfAbsent(keyId, id -> new Account(id, time)).limitTo(limits);
    }

    /** None where nothing limits the key, or whoever asks has none. */
    @Nullable
    Account of(@Nullable String keyId) {
        return keyId == null ? null : accounts.get(keyId);
    }

    Collection<Account> all() {
        return Collections.unmodifiableCollection(accounts.values());
    }

    Instant now() {
        return time.days().instant();
    }
}
