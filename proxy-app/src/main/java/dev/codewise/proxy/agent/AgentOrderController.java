package dev.codewise.proxy.agent;

import dev.codewise.protocol.Protocol;
import dev.codewise.proxy.web.RequestRefused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** What an operator orders one connected agent to do; the answer is how it is afterwards. */
@RestController
@RequestMapping("/api/agent/{id}")
class AgentOrderController {

    private static final Logger LOG = LoggerFactory.getLogger(AgentOrderController.class);

    private final AgentDirectory directory;
    private final StandingOrders orders;
    private final CoolDowns coolDowns;
    private final WaitingLine line;
    private final OrderNotes notes;

    AgentOrderController(
            AgentDirectory directory, StandingOrders orders, CoolDowns coolDowns, WaitingLine line, OrderNotes notes) {
        this.directory = directory;
        this.orders = orders;
        this.coolDowns = coolDowns;
        this.line = line;
        this.notes = notes;
    }

    /** It gets no new request until it is taken back, also on another connection; what it runs goes on. */
    @PostMapping("/drain")
    AgentStatus drain(
            @PathVariable String id, @RequestBody(required = false) @Nullable Order order, ServerWebExchange exchange) {
        AgentLink link = connected(id);
        String reason = Order.reasonOf(order);
        orders.drain(id, reason);
        link.drain(reason);
        log(link, "Agent draining, as an operator asked", reason);
        notes.note(exchange, "agent.drained", link, reason);
        return status(link);
    }

    /** It gets requests again, also if it was left alone for its failures. */
    @PostMapping("/resume")
    AgentStatus resume(
            @PathVariable String id, @RequestBody(required = false) @Nullable Order order, ServerWebExchange exchange) {
        AgentLink link = connected(id);
        String reason = Order.reasonOf(order);
        orders.resume(id);
        link.resume();
        coolDowns.forgive(id);
        line.letIn();
        log(link, "Agent resumed, as an operator asked", reason);
        notes.note(exchange, "agent.resumed", link, reason);
        return status(link);
    }

    /** Its connection ends, and with it what it runs. */
    @PostMapping("/disconnect")
    AgentStatus disconnect(
            @PathVariable String id, @RequestBody(required = false) @Nullable Order order, ServerWebExchange exchange) {
        AgentLink link = connected(id);
        String reason = Order.reasonOf(order);
        log(link, "Agent disconnected, as an operator asked", reason);
        notes.note(exchange, "agent.disconnected", link, reason);
        link.disconnect(reason);
        return status(link);
    }

    private AgentLink connected(String id) {
        return directory.find(id).orElseThrow(() -> notConnected(id));
    }

    private AgentStatus status(AgentLink link) {
        return AgentStatus.of(link, coolDowns.left(link.id()));
    }

    private static RequestRefused notConnected(String id) {
        String which = Protocol.isAgentId(id) ? "No agent \"" + id + "\" is connected." : "This is no agent's id.";
        return new RequestRefused(
                HttpStatus.NOT_FOUND, which + " GET /api/agent/status lists those that are connected.");
    }

    private static void log(AgentLink link, String what, String reason) {
        LOG.atInfo()
                .addKeyValue("agent", link.id())
                .addKeyValue("connection", link.connectionId())
                .addKeyValue("reason", reason)
                .log(what);
    }

    /** Why, for whoever sits at the laptop. */
    record Order(@Nullable String reason) {

        static final int LONGEST_REASON = 200;

        private static String reasonOf(@Nullable Order order) {
            String reason = order == null || order.reason == null ? "" : order.reason.strip();
            if (reason.length() > LONGEST_REASON || reason.chars().anyMatch(Character::isISOControl)) {
                throw new RequestRefused(
                        HttpStatus.BAD_REQUEST,
                        "\"reason\" must be one line of at most " + LONGEST_REASON + " characters.");
            }
            return reason.isEmpty() ? "no reason was given" : reason;
        }
    }
}
