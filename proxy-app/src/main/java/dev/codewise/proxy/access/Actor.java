package dev.codewise.proxy.access;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/** Who does something that is taken note of, and from where. */
public record Actor(
        String name, @Nullable String keyId, @Nullable String address) {

    /** Who is behind a request. */
    public static Actor behind(ServerWebExchange exchange, ClientAddress addresses) {
        return of(Caller.of(exchange), addresses.of(exchange.getRequest()));
    }

    static Actor of(Caller caller, Optional<InetAddress> address) {
        return new Actor(caller.owner(), caller.keyId(), text(address));
    }

    /** A user of the machine, with the proxy's jar: the slash is in the name of no owner. */
    public static Actor atShell(String user) {
        return new Actor("shell/" + user, null, null);
    }

    /** Of somebody who was not let in. */
    static Actor stranger(Optional<InetAddress> address) {
        return new Actor("nobody", null, text(address));
    }

    private static @Nullable String text(Optional<InetAddress> address) {
        return address.map(InetAddress::getHostAddress).orElse(null);
    }
}
