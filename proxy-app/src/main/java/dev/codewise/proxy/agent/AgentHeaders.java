package dev.codewise.proxy.agent;

import dev.codewise.protocol.Protocol;
import dev.codewise.proxy.agent.ingest.AgentRefusal;
import dev.codewise.proxy.agent.ingest.AgentRefusal.Kind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** What an agent says of itself in its headers, checked before anything believes it. */
final class AgentHeaders {

    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]{1,64}");

    private final HttpHeaders headers;

    AgentHeaders(HttpHeaders headers) {
        this.headers = headers;
    }

    AgentProfile profile() {
        return new AgentProfile(
                agentId().orElseThrow(() -> bad(Protocol.AGENT_ID, "is missing")),
                slots(),
                models(),
                printable(Protocol.AGENT_VERSION),
                printable(Protocol.CLI_VERSION));
    }

    /** Absent where the agent does not say it, which it need not when it posts. */
    Optional<String> agentId() {
        Optional<String> id = single(Protocol.AGENT_ID);
        if (id.isPresent() && !Protocol.isAgentId(id.get())) {
            throw bad(
                    Protocol.AGENT_ID,
                    "must be 1 to 64 letters, digits, dots, underscores or hyphens, and begin with a letter or digit");
        }
        return id;
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
