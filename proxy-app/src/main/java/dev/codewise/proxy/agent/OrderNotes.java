package dev.codewise.proxy.agent;

import dev.codewise.proxy.access.Actor;
import dev.codewise.proxy.access.ClientAddress;
import dev.codewise.proxy.access.Deed;
import java.util.function.Consumer;
import org.springframework.web.server.ServerWebExchange;

/** Sees to it that an operator's order to an agent is noted, with whoever gave it, from where, and why. */
final class OrderNotes {

    private final ClientAddress addresses;
    private final Consumer<Deed> deeds;

    OrderNotes(ClientAddress addresses, Consumer<Deed> deeds) {
        this.addresses = addresses;
        this.deeds = deeds;
    }

    void note(ServerWebExchange exchange, String action, AgentLink link, String reason) {
        deeds.accept(new Deed(Actor.behind(exchange, addresses), action, link.id(), reason));
    }
}
