package dev.codewise.proxy.agent;

import dev.codewise.protocol.ProxyEvent.Drain;
import dev.codewise.proxy.agent.reply.ReplyChannel;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

/**
 * Lets running answers finish when the proxy stops, while new requests find no agent, then ends the agents' streams.
 *
 * <p>They would never end by themselves, and the web server, which stops after this, waits for every open response.
 */
final class AgentShutdown implements SmartLifecycle {

    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Drain NOTICE = new Drain("deploy", 2000, PATIENCE.toMillis());

    private final AgentManager agents;
    private final Roster roster;
    private final AgentDirectory directory;
    private final ReplyChannel replies;
    private final Disposable.Swap waiting = Disposables.swap();
    private volatile boolean running;

    AgentShutdown(AgentManager agents, Roster roster, AgentDirectory directory, ReplyChannel replies) {
        this.agents = agents;
        this.roster = roster;
        this.directory = directory;
        this.replies = replies;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        directory.connected().forEach(AgentLink::close);
        running = false;
    }

    @Override
    public void stop(Runnable stopped) {
        agents.close();
        roster.close(NOTICE);
        waiting.update(Flux.interval(Duration.ZERO, GLANCE)
                .takeUntil(glance -> replies.open() == 0)
                .take(PATIENCE)
                .doOnTerminate(this::stop)
                .subscribe(glance -> {}, failure -> stopped.run(), stopped));
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
