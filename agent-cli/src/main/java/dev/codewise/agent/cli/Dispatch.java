package dev.codewise.agent.cli;

import dev.codewise.agent.cli.AgentSettings.Proxy;
import dev.codewise.agent.connection.ProxyListener;
import dev.codewise.agent.run.Runs;
import dev.codewise.agent.upload.Presence;
import dev.codewise.agent.upload.Uplink;
import dev.codewise.protocol.ProxyEvent.Cancel;
import dev.codewise.protocol.ProxyEvent.Connected;
import dev.codewise.protocol.ProxyEvent.Drain;
import dev.codewise.protocol.ProxyEvent.Notice;
import dev.codewise.protocol.ProxyEvent.Resumed;
import dev.codewise.protocol.ProxyEvent.RunRequest;
import dev.codewise.protocol.RunErrorCode;
import java.time.Duration;

/** Brings what the proxy says to the runs, and what happens to the connection to the console. */
final class Dispatch implements ProxyListener {

    private final Proxy proxy;
    private final Runs runs;
    private final Uplink uplink;
    private final Presence presence;
    private final Console console;

    Dispatch(Proxy proxy, Runs runs, Uplink uplink, Presence presence, Console console) {
        this.proxy = proxy;
        this.runs = runs;
        this.uplink = uplink;
        this.presence = presence;
        this.console = console;
    }

    @Override
    public void connected(Connected connected) {
        uplink.connected(connected);
        presence.connected(connected);
        console.say("connected to " + proxy.url() + " as " + connected.agentId());
    }

    @Override
    public void requested(RunRequest request) {
        runs.accept(request);
    }

    @Override
    public void unreadable(String requestId, String reason) {
        runs.refuse(requestId, RunErrorCode.INVALID_REQUEST, reason);
    }

    @Override
    public void cancelled(Cancel cancel) {
        runs.cancel(cancel.requestId(), cancel.reason());
    }

    @Override
    public void resumed(Resumed resumed) {
        runs.resumed(resumed.requests());
    }

    @Override
    public void draining(Drain drain) {
        console.say(
                "the proxy stops (" + drain.reason() + "); what runs goes on, and another connection is looked for");
    }

    @Override
    public void noticed(Notice notice) {
        var why = notice.reason() == null ? "" : ": " + notice.reason();
        console.say(
                switch (notice.standing()) {
                    case ACTIVE -> "the proxy's operator lets this agent have requests again" + why;
                    case DRAINING -> "the proxy's operator gives this agent no new requests" + why;
                    case DISCONNECTED -> "the proxy's operator sends this agent away" + why;
                });
    }

    @Override
    public void refused(String reason) {
        console.warn(proxy.url() + " refuses this agent: " + reason);
    }

    @Override
    public void disconnected(String reason, Duration retryAfter) {
        uplink.disconnected();
        presence.disconnected();
        runs.streamLost();
        console.warn("not connected to " + proxy.url() + ": " + reason + "; trying again in "
                + Math.max(1, retryAfter.toSeconds()) + " s");
    }

    @Override
    public void unauthorized(Duration retryAfter) {
        console.warn("the proxy no longer accepts the secret; trying again in " + retryAfter.toSeconds()
                + " s. If it was changed, or the token revoked, start this agent with the new one.");
        runs.stopAll();
    }
}
