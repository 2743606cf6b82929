package dev.codewise.proxy.agent;

import dev.codewise.proxy.settings.LiveSettings;

/** How long the proxy waits for its agents, as it is set just now. */
final class AgentTimes {

    private final AgentProperties properties;
    private final LiveSettings settings;

    AgentTimes(AgentProperties properties, LiveSettings settings) {
        this.properties = properties;
        this.settings = settings;
    }

    AgentProperties now() {
        return properties.under(settings.now());
    }

    WaitingLine.Bounds ofLine() {
        var now = now();
        return new WaitingLine.Bounds(now.queueLimit(), now.queueWait());
    }
}
