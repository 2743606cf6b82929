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
}
