package dev.codewise.proxy.openai;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How large a request under /v1 may be, how often a stream without news shows that it lives, and whether a field that would have no
 * effect is refused.
 */
@ConfigurationProperties("codewise.openai")
record OpenAiProperties(
        @DefaultValue("8MB") DataSize maxBody,
        @DefaultValue("15s") Duration beat,
        @DefaultValue("false") boolean strict) {

    OpenAiProperties {
        if (maxBody.toBytes() < 1) {
            throw new IllegalArgumentException("codewise.openai.max-body must be more than nothing, such as 8MB");
        }
        if (beat.isNegative() || beat.isZero()) {
            throw new IllegalArgumentException("codewise.openai.beat must be longer than nothing, such as 15s");
        }
    }
}
