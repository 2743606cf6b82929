package dev.codewise.proxy.access;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who calls: the owner of a key, with what that key may be used for. */
public record Caller(@Nullable String keyId, String owner, Set<Scope> scopes) {

    /** Whoever has {@code CODEWISE_API_KEY}, by which the first keys are made. */
    static final Caller OPERATOR = new Caller(null, "operator", EnumSet.allOf(Scope.class));

    /** A program of this machine, at a proxy that asks for no key. */
    static final Caller NEIGHBOUR = new Caller(null, "local", EnumSet.allOf(Scope.class));

    /** Whoever has the agents' secret: agents have doors of their own, and no other. */
    static final Caller AGENT = new Caller(null, "agents", Set.of());

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    public boolean may(Scope scope) {
        return scopes.contains(scope);
    }
}
