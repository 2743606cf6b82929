package dev.codewise.agent.claude;

import dev.codewise.agent.claude.ClaudeException.Kind;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The claude of this machine. */
public final class Claude {

    private static final Duration VERSION_PATIENCE = Duration.ofSeconds(20);

    private final Invocation invocation;
    private final Failures failures;
    private final InputLines input;
    private final LineParser parser;

    /** The environment is this program's own: what claude may not see of it is left out. */
    public Claude(String executable, Map<String, String> environment) {
        var json = new JsonMapper();
        this.invocation = new Invocation(executable, environment);
        this.failures = new Failures(new Redaction(environment), Clock.systemUTC());
        this.input = new InputLines(json);
        this.parser = new LineParser(json);
    }

    /** Starts a process for one prompt. */
    public Conversation start(String model, @Nullable Integer maxTokens) {
        var process = start(invocation.chatCommand(model), maxTokens);
        return new Conversation(process, input, parser, failures);
    }

    /** What claude calls its version, such as {@code 2.1.197 (Claude Code)}. */
    public ClaudeVersion version() {
        var process = start(invocation.versionCommand(), null);
        try {
            var line = process.stdout().next(VERSION_PATIENCE);
            if (line.isEmpty()) {
                throw failures.exited(process);
            }
            return ClaudeVersion.of(line.get());
        } catch (TimeoutException e) {
            throw new ClaudeException(Kind.SILENT, "\"claude --version\" gave no answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClaudeException(Kind.STOPPED, "stopped while claude was asked for its version");
        } finally {
            process.end();
        }
    }

    private ClaudeProcess start(List<String> command, @Nullable Integer maxTokens) {
        try {
            return ClaudeProcess.start(command, invocation.environment(maxTokens));
        } catch (IOException e) {
            throw new ClaudeException(Kind.NOT_FOUND, "claude could not be started on the agent's machine");
        }
    }
}
