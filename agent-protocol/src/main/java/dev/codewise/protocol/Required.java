package dev.codewise.protocol;

import org.jspecify.annotations.Nullable;

/** The check every wire record makes of what it cannot do without. */
final class Required {

    private Required() {}

    static void field(String name, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("\"" + name + "\" is missing");
        }
    }

    static void positive(String name, @Nullable Long value) {
        if (value != null && value < 1) {
            throw new IllegalArgumentException("\"" + name + "\" counts from 1");
        }
    }
}
