package dev.codewise.proxy.agent;

import dev.codewise.protocol.Protocol;
import dev.codewise.protocol.ProxyEvent;
import dev.codewise.proxy.access.Badge;
import dev.codewise.proxy.access.ClientAddress;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;

/** The event stream that an agent opens and the proxy speaks on. */
@RestController
class AgentConnectController {

    private final AgentConnections connections;
    private final ClientAddress addresses;
    private final AgentsPerAddress admission;

    AgentConnectController(AgentConnections connections, ClientAddress addresses, AgentsPerAddress admission) {
        this.connections = connections;
        this.addresses = addresses;
        this.admission = admission;
    }

    /** Its connection serves nothing else afterwards: the stream may have ended because something is wrong with it. */
    @GetMapping(path = Protocol.CONNECT_PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<ProxyEvent>> connect(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        ServerHttpResponse response = exchange.getResponse();
        AgentProfile profile = AgentHeaders.of(exchange).profile();
        response.getHeaders().setCacheControl(CacheControl.noStore());
        response.getHeaders().set("X-Accel-Buffering", "no");
        response.getHeaders().setConnection("close");
        Flux<ProxyEvent> events =
                admission.counted(addresses.of(request), connections.connect(profile, Badge.of(exchange)));
        return profile.speaksLevel1()
                ? events.index(AgentConnectController::numbered)
                : events.map(event -> framed(event).build());
    }

    private static ServerSentEvent<ProxyEvent> numbered(long index, ProxyEvent event) {
        return framed(event).id(Long.toString(index + 1)).build();
    }

    private static ServerSentEvent.Builder<ProxyEvent> framed(ProxyEvent event) {
        return ServerSentEvent.builder(event).event(event.eventName());
    }
}
