package dev.codewise.proxy.anthropic;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** How often a stream shows that it lives while there is nothing to tell. */
@ConfigurationProperties("codewise.anthropic")
record AnthropicProperties(@DefaultValue("15s") Duration beat) {

    AnthropicProperties {
        if (beat.isNegative() || beat.isZero()) {
            throw new IllegalArgumentException("codewise.anthropic.beat must be longer than nothing, such as 15s");
        }
    }
}
