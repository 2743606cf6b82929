package dev.codewise.proxy.limits;

import dev.codewise.proxy.access.LimitGauge;
import dev.codewise.proxy.access.LimitUse;
import dev.codewise.proxy.access.LimitUse.Rest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells an operator how far a key has come, as it is counted here. */
final class LimitReadings implements LimitGauge {

    private final Accounts accounts;

    LimitReadings(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public Optional<LimitUse> of(String keyId) {
        return Optional.ofNullable(accounts.of(keyId)).map(LimitReadings::read);
    }

    private static LimitUse read(Account account) {
        Spending spending = account.spending();
        return new LimitUse(
                rest(account.turnstile().rate()),
                rest(spending.rate()),
                account.turnstile().inside(),
                spending.expense(Spell.DAY),
                spending.expense(Spell.MONTH));
    }

    private static @Nullable Rest rest(@Nullable Rate rate) {
        return rate == null ? null : new Rest(rate.remaining(), LimitHeaders.words(rate.untilFull()));
    }
}
