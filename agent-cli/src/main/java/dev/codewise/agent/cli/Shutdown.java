package dev.codewise.agent.cli;

import dev.codewise.agent.connection.ConnectionEnd;
import dev.codewise.agent.connection.ProxyConnection;
import dev.codewise.agent.run.Runs;
import dev.codewise.agent.upload.Presence;
import java.time.Duration;

/**
 * The way out: no new work, what runs may finish, and the connection stays until then, since a proxy may take a lost
 * connection for a lost agent. Whoever asks twice does not want to wait.
 */
final class Shutdown {

    private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(365);
    private static final Duration HURRY = Duration.ofSeconds(3);
    private static final Duration A_MOMENT = Duration.ofMillis(200);

    private final Runs runs;
    private final Presence presence;
    private final ProxyConnection connection;
    private final Console console;
    private volatile boolean hurried;

    Shutdown(Runs runs, Presence presence, ProxyConnection connection, Console console) {
        this.runs = runs;
        this.presence = presence;
        this.connection = connection;
        this.console = console;
    }

    /** The first signal; returns at once. */
    void begin() {
        runs.close();
        presence.drain();
        var running = runs.running();
        if (running > 0) {
            console.say("ending after " + running + " running request(s); once more to stop them");
        }
        new Thread(this::closeAfterTheLast, "shutdown").start();
    }

    /** The second signal. */
    void hurry() {
        hurried = true;
        console.say("stopping at once");
        runs.stopAll();
        connection.close();
    }

    private void closeAfterTheLast() {
        try {
            runs.awaitNone(AS_LONG_AS_IT_TAKES);
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The connection has ended: lets the runs finish, says why, and gives the exit code. */
    ExitCode complete(ConnectionEnd end) throws InterruptedException {
        runs.close();
        explain(end);
        if (end == ConnectionEnd.SENT_AWAY) {
            runs.stopAll(); // the proxy takes nothing of them any more
        }
        while (!hurried && !runs.awaitNone(A_MOMENT)) {
            // a second signal must be noticed while the runs go on
        }
        runs.awaitNone(HURRY);
        return hurried ? ExitCode.STOPPED : exitCode(end);
    }

    private void explain(ConnectionEnd end) {
        switch (end) {
            case CLOSED -> console.say("ended");
            case UNAUTHORIZED ->
                console.problem("the proxy refuses the secret (401):"
                        + " start this agent with the AGENT_SECRET of the proxy, which it printed at its first start;"
                        + " or, where it has a token, ask the operator of the proxy for a new one");
            case REFUSED -> console.problem("the proxy refuses this agent (400): check --agent-id and --models");
            case REPLACED ->
                console.problem("another agent has connected with this agent's id:"
                        + " end one of the two, or give each its own --agent-id");
            case SENT_AWAY -> console.problem("the operator of the proxy has disconnected this agent");
        }
    }

    private static ExitCode exitCode(ConnectionEnd end) {
        return switch (end) {
            case CLOSED -> ExitCode.ENDED;
            case UNAUTHORIZED -> ExitCode.SECRET_REFUSED;
            case REFUSED -> ExitCode.AGENT_REFUSED;
            case REPLACED -> ExitCode.REPLACED;
            case SENT_AWAY -> ExitCode.SENT_AWAY;
        };
    }
}
