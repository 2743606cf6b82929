package dev.codewise.proxy.openai.responses;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** How long responses are kept that clients want kept. */
@ConfigurationProperties("codewise.responses")
record ResponsesProperties(@DefaultValue("30d") Duration retention) {

    ResponsesProperties {
        if (retention.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("RESPONSES_RETENTION must be at least a minute, such as 30d");
        }
    }
}
