package dev.codewise.agent.claude;

import dev.codewise.agent.claude.ClaudeException.Kind;
import java.io.IOException;
import java.util.List;

/** Starts the processes of claude, all with the same command line and environment but for the model. */
final class Launcher {

    private final Invocation invocation;
    private final LivingProcesses living;

    Launcher(Invocation invocation, LivingProcesses living) {
        this.invocation = invocation;
        this.living = living;
    }

    /** A process that waits for its instructions and then for one conversation. */
    ClaudeProcess chat(String model) {
        return start(invocation.chatCommand(model));
    }

    ClaudeProcess version() {
        return start(invocation.versionCommand());
    }

    ClaudeProcess login() {
        return start(invocation.loginCommand());
    }

    private ClaudeProcess start(List<String> command) {
        try {
            return ClaudeProcess.start(command, invocation.environment(), living);
        } catch (IOException e) {
            throw new ClaudeException(Kind.NOT_FOUND, "claude could not be started on the agent's machine");
        }
    }
}
