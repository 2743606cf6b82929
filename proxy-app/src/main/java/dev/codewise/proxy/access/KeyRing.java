package dev.codewise.proxy.access;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * What opens a door, as the database last told it, so that no request waits for it, nor is refused because it is away.
 *
 * @param <T> who is known by what he presents
 */
final class KeyRing<T> {

    /** What the database has told: the keys that are good, and whether there ever was one, be it revoked by now. */
    private record Told<T>(Map<String, List<HeldKey<T>>> good, boolean any) {}

    private final Function<String, Optional<KeyText>> reader;
    private final Clock clock;
    private final Sinks.Empty<Void> first = Sinks.empty();
    private volatile @Nullable Told<T> told;

    KeyRing(Function<String, Optional<KeyText>> reader, Clock clock) {
        this.reader = reader;
        this.clock = clock;
    }

    void replace(List<HeldKey<T>> good, boolean any) {
        told = new Told<>(good.stream().collect(Collectors.groupingBy(HeldKey::id)), any);
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
        Told<T> now = told;
        return now != null && now.any();
    }

    /** Whether this is of the kind that is kept here, and nobody can say yet whether it is good. */
    boolean mayHold(String presented) {
        return !isKnown() && reader.apply(presented).isPresent();
    }

    /** Whose key this is, if it is one that is good just now. */
    Optional<T> find(String presented) {
        return reader.apply(presented).flatMap(this::find);
    }

    private Optional<T> find(KeyText presented) {
        KeyHash hash = presented.hash();
        return named(presented.id())
                .filter(key -> key.opensFor(hash, clock.instant()))
                .map(HeldKey::holder)
                .findFirst();
    }

    /** Everybody who has something of this name that is good just now. */
    Stream<T> holders(String id) {
        return named(id).filter(key -> key.isGood(clock.instant())).map(HeldKey::holder);
    }

    private Stream<HeldKey<T>> named(String id) {
        Told<T> now = told;
        return now == null ? Stream.empty() : now.good().getOrDefault(id, List.of()).stream();
    }
}
