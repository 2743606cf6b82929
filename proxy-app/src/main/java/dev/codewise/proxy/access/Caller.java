package dev.codewise.proxy.access;

import dev.codewise.proxy.completion.Client;
import dev.codewise.proxy.completion.Origin;
import dev.codewise.proxy.completion.Surface;
import dev.codewise.proxy.web.RequestId;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/**
 * Who calls: the owner of a key, with what that key may be used for.
 *
 * @param models the only ones that may be asked; none for every one
 */
public record Caller(@Nullable String keyId, String owner, Set<Scope> scopes, Set<String> models) {

    /** Whoever has {@code CODEWISE_API_KEY}, by which the first keys are made. */
    static final Caller OPERATOR = new Caller(null, "operator", EnumSet.allOf(Scope.class));

    /** A program of this machine, at a proxy that asks for no key. */
    static final Caller NEIGHBOUR = new Caller(null, "local", EnumSet.allOf(Scope.class));

    /** Whoever was let in without being asked who he is. */
    private static final Caller NOBODY = new Caller(null, "nobody", Set.of());

    public Caller {
        scopes = Set.copyOf(scopes);
        models = Set.copyOf(models);
    }

    /** Somebody who may ask every model. */
    public Caller(@Nullable String keyId, String owner, Set<Scope> scopes) {
        this(keyId, owner, scopes, Set.of());
    }

    /** Who is behind a request. */
    public static Caller of(ServerWebExchange exchange) {
        return Objects.requireNonNullElse(Doorkeeper.callerOf(exchange), NOBODY);
    }

    /** Where a completion comes from that is asked for with a request. */
    public static Origin originOf(ServerWebExchange exchange, Surface surface) {
        return new Origin(RequestId.of(exchange), surface, of(exchange).client());
    }

    /** For whom something is asked with what was presented. */
    public Client client() {
        return new Client(keyId, owner, models);
    }

    public boolean may(Scope scope) {
        return scopes.contains(scope);
    }
}
