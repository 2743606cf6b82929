package dev.codewise.agent.connection;

import dev.codewise.protocol.ProxyEvent.Cancel;
import dev.codewise.protocol.ProxyEvent.Connected;
import dev.codewise.protocol.ProxyEvent.Drain;
import dev.codewise.protocol.ProxyEvent.Notice;
import dev.codewise.protocol.ProxyEvent.Resumed;
import dev.codewise.protocol.ProxyEvent.RunRequest;
import java.time.Duration;

/** Is told what comes over the connection, and how the connection fares, always by the connection's thread. */
public interface ProxyListener {

    void connected(Connected connected);

    /** Must return soon: while this runs, nothing else is read. */
    void requested(RunRequest request);

    /** A request that cannot be run, with the reason to give. */
    void unreadable(String requestId, String reason);

    /** The proxy does not want a run any more. */
    void cancelled(Cancel cancel);

    /** The proxy's answer to what this agent has said that it runs. */
    void resumed(Resumed resumed);

    /** The proxy stops; the connection looks for another one by itself, and keeps this one until then. */
    void draining(Drain drain);

    /** The operator of the proxy has said what the proxy does with this agent from now on, and perhaps why. */
    void noticed(Notice notice);

    /** The connection was lost, or could not be made; the next attempt follows after the delay. */
    void disconnected(String reason, Duration retryAfter);

    /** The proxy does not accept this agent as it is, and never will. */
    void refused(String reason);

    /** The proxy does not accept the secret; the next attempt follows after the delay. */
    void unauthorized(Duration retryAfter);
}
