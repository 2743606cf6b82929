package dev.codewise.proxy.access;

import java.util.List;

/**
 * What opens a door, as it was read at one moment.
 *
 * @param anyKey whether there ever was a key, be it revoked by now
 */
record Held(List<HeldKey<Caller>> keys, boolean anyKey, List<HeldKey<Badge>> tokens) {

    Held {
        keys = List.copyOf(keys);
        tokens = List.copyOf(tokens);
    }
}
