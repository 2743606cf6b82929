package dev.codewise.proxy.access;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The database has told which keys are good, because one of them has changed; published before the new ones open anything.
 *
 * @param limits of those that have any, by the key's id
 */
public record KeysTold(Map<String, KeyLimits> limits) {

    public KeysTold {
        limits = Map.copyOf(limits);
    }

    static KeysTold of(List<HeldKey<Caller>> good) {
        return new KeysTold(good.stream()
                .filter(key -> !key.limits().areNone())
                .collect(Collectors.toMap(HeldKey::id, HeldKey::limits, (one, same) -> same)));
    }
}
