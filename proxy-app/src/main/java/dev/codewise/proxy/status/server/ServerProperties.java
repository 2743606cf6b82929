package dev.codewise.proxy.status.server;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the server waits for its clients: for all of a header, for the next piece of a body, for all of a body, for the
 * rest of a body that is not wanted any more, for the far end to acknowledge what was sent, and for it to read that.
 */
@ConfigurationProperties("codewise.server")
record ServerProperties(
        @DefaultValue("10s") Duration header,
        @DefaultValue("30s") Duration bodyPause,
        @DefaultValue("30s") Duration body,
        @DefaultValue("10s") Duration linger,
        @DefaultValue("20s") Duration unacknowledged,
        @DefaultValue("60s") Duration unread) {}
