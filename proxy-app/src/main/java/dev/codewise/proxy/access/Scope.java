package dev.codewise.proxy.access;

import java.util.Optional;
import java.util.stream.Stream;

/** What a key may be used for. */
public enum Scope {
    /** To ask models: everything under {@code /v1}. */
    COMPLETIONS("completions"),
    /** To see which agents are connected. */
    AGENTS_READ("agents:read"),
    /** Everything else, other people's keys included. */
    ADMIN("admin");

    private final String wireName;

    Scope(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    public static Optional<Scope> of(String wireName) {
        return Stream.of(values())
                .filter(scope -> scope.wireName.equals(wireName))
                .findFirst();
    }
}
