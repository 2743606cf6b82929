package dev.codewise.proxy.agent;

import dev.codewise.protocol.AgentFeature;
import dev.codewise.protocol.Protocol;
import dev.codewise.proxy.access.Badge;
import dev.codewise.proxy.agent.ingest.AgentRefusal;
import dev.codewise.proxy.agent.ingest.AgentRefusal.Kind;
import dev.codewise.proxy.agent.reply.Sender;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/** What an agent says of itself in its headers, checked before anything believes it. */
final class AgentHeaders {

    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]{1,64}");

    private final HttpHeaders headers;
    private final Badge badge;

    private AgentHeaders(HttpHeaders headers, Badge badge) {
        this.headers = headers;
        this.badge = badge;
    }

    /** Who does not say its name has the one that is on its badge, if there is one. */
    static AgentHeaders of(ServerWebExchange exchange) {
        return new AgentHeaders(exchange.getRequest().getHeaders(), Badge.of(exchange));
    }

    AgentProfile profile() {
        return new AgentProfile(
                agentId().orElseThrow(() -> bad(Protocol.AGENT_ID, "is missing")),
                slots(),
                models(),
                printable(Protocol.AGENT_VERSION),
                printable(Protocol.CLI_VERSION),
                instance(),
                features());
    }

    /** Who posts. From level 1 on he says who he is. */
    Sender sender() {
        String instance = instance();
        String id = agentId().orElse(null);
        if (instance != null && id == null) {
            throw bad(Protocol.AGENT_ID, "is missing");
        }
        return new Sender(id, instance);
    }

    /** Of which run a stream of messages is. */
    String requestId() {
        return single(Protocol.REQUEST_ID).orElseThrow(() -> bad(Protocol.REQUEST_ID, "is missing"));
    }

    /** Which start of the agent this is; nothing at level 0. */
    private @Nullable String instance() {
        if (!speaksLevel1()) {
            return null;
        }
        return single(Protocol.INSTANCE)
                .filter(Protocol::isInstance)
                .orElseThrow(() -> bad(Protocol.INSTANCE, "must be a UUID, made once per start of the agent"));
    }

    private boolean speaksLevel1() {
        Optional<String> level = single(Protocol.LEVEL);
        if (level.isPresent() && !level.get().strip().equals(Integer.toString(Protocol.VERSION))) {
            throw new AgentRefusal(
                    Kind.UNSUPPORTED_PROTOCOL, "This proxy speaks version " + Protocol.VERSION + " of the protocol.");
        }
        return level.isPresent();
    }

    /** Those of a later version are left out, for nobody here could make use of them. */
    private Set<AgentFeature> features() {
        return !speaksLevel1()
                ? Set.of()
                : single(Protocol.FEATURES).stream()
                        .flatMap(list -> Stream.of(list.split(",", -1)))
                        .map(String::strip)
                        .flatMap(name -> AgentFeature.of(name).stream())
                        .collect(Collectors.toSet());
    }

    /** Absent where the agent does not say it, which it need not when it posts. */
    Optional<String> agentId() {
        Optional<String> id = single(Protocol.AGENT_ID);
        if (id.isPresent() && !Protocol.isAgentId(id.get())) {
            throw bad(
                    Protocol.AGENT_ID,
                    "must be 1 to 64 letters, digits, dots, underscores or hyphens, and begin with a letter or digit");
        }
        return id.or(() -> Optional.ofNullable(badge.agentId()));
    }

    private @Nullable Integer slots() {
        return single(Protocol.MAX_CONCURRENCY).map(AgentHeaders::slots).orElse(null);
    }

    private static int slots(String value) {
        if (!value.matches("[0-9]{1,3}")) {
            throw badSlots();
        }
        int slots = Integer.parseInt(value);
        if (slots < 1 || slots > Protocol.MAX_CONCURRENCY_LIMIT) {
            throw badSlots();
        }
        return slots;
    }

    private static AgentRefusal badSlots() {
        return bad(Protocol.MAX_CONCURRENCY, "must be a number from 1 to " + Protocol.MAX_CONCURRENCY_LIMIT);
    }

    private List<String> models() {
        List<String> models = single(Protocol.MODELS).stream()
                .flatMap(list -> Stream.of(list.split(",", -1)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        if (models.size() > Protocol.MAX_MODELS || !models.stream().allMatch(Protocol::isModelName)) {
            throw bad(Protocol.MODELS, "must be a comma list of at most " + Protocol.MAX_MODELS + " model names");
        }
        return models;
    }

    private @Nullable String printable(String header) {
        return single(header)
                .filter(value -> PRINTABLE.matcher(value).matches())
                .orElse(null);
    }

    private Optional<String> single(String header) {
        List<String> values = headers.getOrEmpty(header);
        if (values.size() > 1) {
            throw bad(header, "is given more than once");
        }
        return values.stream().filter(value -> !value.isBlank()).findFirst();
    }

    private static AgentRefusal bad(String header, String what) {
        return new AgentRefusal(Kind.BAD_HEADER, "The header " + header + " " + what + ".");
    }
}
