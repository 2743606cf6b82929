package dev.codewise.agent.cli;

import dev.codewise.agent.claude.Claude;
import dev.codewise.agent.claude.ClaudeException;
import dev.codewise.agent.claude.ClaudeVersion;
import dev.codewise.agent.connection.Access;
import dev.codewise.agent.connection.Access.Offer;
import dev.codewise.agent.connection.ProxyConnection;
import dev.codewise.agent.run.Runs;
import dev.codewise.agent.run.Runs.Capacity;
import dev.codewise.agent.upload.Poster;
import dev.codewise.agent.upload.Presence;
import dev.codewise.agent.upload.Uplink;
import dev.codewise.protocol.Protocol;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The agent put together: checks claude, keeps the connection, runs what comes over it, ends in good order. */
final class Agent {

    private final AgentSettings settings;
    private final HttpClient http;
    private final Map<String, String> environment;
    private final Console console;

    /** This start of the program, by which the proxy tells a connection that comes back from another agent. */
    private final String instance = UUID.randomUUID().toString();

    Agent(AgentSettings settings, HttpClient http, Map<String, String> environment, Console console) {
        this.settings = settings;
        this.http = http;
        this.environment = environment;
        this.console = console;
    }

    /** Returns when the agent has ended, with nothing of it left running. */
    ExitCode run() throws InterruptedException {
        try (var claude = new Claude(settings.claude(), environment, settings.warm(), settings.parking())) {
            return run(claude);
        }
    }

    private ExitCode run(Claude claude) throws InterruptedException {
        var version = usableVersion(claude);
        if (version.isEmpty()) {
            return ExitCode.CLI_UNUSABLE;
        }
        var leftovers = claude.endLeftovers();
        if (leftovers > 0) {
            console.say("ended " + leftovers + " claude process(es) that an agent left behind when it was killed");
        }
        claude.warmUp(settings.models());
        var uplink = new Uplink(poster());
        var runs = new Runs(claude, uplink, capacity(), console);
        var presence = new Presence(uplink, runs::load);
        var dispatch = new Dispatch(settings.proxy(), runs, uplink, presence, console);
        var connection = new ProxyConnection(http, access(version.get()), dispatch);
        var shutdown = new Shutdown(runs, presence, connection, console);
        Signals.handle(shutdown::begin, shutdown::hurry);
        return shutdown.complete(connection.run());
    }

    private Optional<ClaudeVersion> usableVersion(Claude claude) {
        try {
            var version = claude.version();
            if (version.isOld()) {
                console.warn(
                        "claude is of version " + version.printed()
                                + ", older than 2.1.118 with which this was made: npm install -g @anthropic-ai/claude-code@latest");
            }
            return Optional.of(version);
        } catch (ClaudeException e) {
            console.problem("\"" + settings.claude() + " --version\" did not answer (" + e.getMessage()
                    + "): npm install -g @anthropic-ai/claude-code, then run \"claude\" once to log in;"
                    + " or give the executable with --claude");
            return Optional.empty();
        }
    }

    private Capacity capacity() {
        return new Capacity(settings.maxConcurrency(), settings.models(), settings.admission());
    }

    private Poster poster() {
        var proxy = settings.proxy();
        return new Poster(http, proxy.endpoint(Protocol.RESPONSE_PATH), proxy.secret(), proxy.agentId(), instance);
    }

    private Access access(ClaudeVersion version) {
        var proxy = settings.proxy();
        var offer = new Offer(settings.maxConcurrency(), settings.models(), AgentVersion.current(), version.printed());
        return new Access(proxy.endpoint(Protocol.CONNECT_PATH), proxy.secret(), proxy.agentId(), instance, offer);
    }
}
