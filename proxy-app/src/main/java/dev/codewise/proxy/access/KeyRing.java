package dev.codewise.proxy.access;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The keys as the database last told them, so that no request waits for it, nor is refused because it is away. */
final class KeyRing {

    /** What the database has told: the keys that are good, and whether there ever was one, be it revoked by now. */
    private record Told(Map<String, List<HeldKey>> good, boolean any) {}

    private final Clock clock;
    private final Sinks.Empty<Void> first = Sinks.empty();
    private volatile @Nullable Told told;

    KeyRing(Clock clock) {
        this.clock = clock;
    }

    void replace(List<HeldKey> good, boolean any) {
        told = new Told(good.stream().collect(Collectors.groupingBy(HeldKey::id)), any);
        first.tryEmitEmpty();
    }

    /** Completes when the database has told its keys for the first time. */
    Mono<Void> known() {
        return first.asMono();
    }

    boolean isKnown() {
        return told != null;
    }

    /** Whether there ever was a key: then nobody comes in without one, even where the last of them was revoked. */
    boolean hasAny() {
        Told now = told;
        return now != null && now.any();
    }

    /** Whose key this is, if it is one that is good just now. */
    Optional<Caller> find(String presented) {
        return KeyText.read(presented).flatMap(this::find);
    }

    private Optional<Caller> find(KeyText presented) {
        Told now = told;
        List<HeldKey> candidates = now == null ? List.of() : now.good().getOrDefault(presented.id(), List.of());
        KeyHash hash = presented.hash();
        return candidates.stream()
                .filter(key -> key.opensFor(hash, clock.instant()))
                .map(HeldKey::caller)
                .findFirst();
    }
}
