package dev.codewise.proxy.claude;

import dev.codewise.proxy.settings.LiveSettings;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The account at the Claude API as it is set just now: none where there is no key. */
final class ClaudeAccount {

    private final ClaudeProperties properties;
    private final LiveSettings settings;

    ClaudeAccount(ClaudeProperties properties, LiveSettings settings) {
        this.properties = properties;
        this.settings = settings;
    }

    Optional<ClaudeProperties> now() {
        return Optional.of(properties.under(settings.now(), settings.anthropicApiKey()))
                .filter(ClaudeProperties::hasKey);
    }

    /** What is made for the account, and made anew when it has changed; a request keeps that with which it began. */
    <T> Supplier<Optional<T>> making(Function<ClaudeProperties, T> maker) {
        return new Made<>(this, maker);
    }

    private static final class Made<T> implements Supplier<Optional<T>> {

        private record Last<T>(ClaudeProperties account, T made) {}

        private final ClaudeAccount account;
        private final Function<ClaudeProperties, T> maker;
        private volatile @Nullable Last<T> last;

        Made(ClaudeAccount account, Function<ClaudeProperties, T> maker) {
            this.account = account;
            this.maker = maker;
        }

        @Override
        public Optional<T> get() {
            return account.now().map(this::of);
        }

        /** Two at once may make it twice, which does no harm. */
        private T of(ClaudeProperties now) {
            Last<T> before = last;
            if (before != null && before.account().equals(now)) {
                return before.made();
            }
            T made = maker.apply(now);
            last = new Last<>(now, made);
            return made;
        }
    }
}
