package dev.codewise.proxy.status.setting;

import java.util.Objects;
import java.util.stream.Stream;

/** A failure and what it was caused by, outermost first. */
final class Causes {

    private static final int LONGEST_CHAIN = 50;

    private Causes() {}

    static Stream<Throwable> of(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(LONGEST_CHAIN);
    }
}
