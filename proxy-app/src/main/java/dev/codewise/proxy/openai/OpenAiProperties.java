package dev.codewise.proxy.openai;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How large a request under /v1 may be, how often an answer without news shows that it lives, from when on one in one piece does,
 * and whether a field that would have no effect is refused.
 */
@ConfigurationProperties("codewise.openai")
public record OpenAiProperties(
        @DefaultValue("8MB") DataSize maxBody,
        @DefaultValue("15s") Duration beat,
        @DefaultValue("4m") Duration silence,
        @DefaultValue("false") boolean strict) {

    public OpenAiProperties {
        if (maxBody.toBytes() < 1) {
            throw new IllegalArgumentException("codewise.openai.max-body must be more than nothing, such as 8MB");
        }
        check("beat", beat, "15s");
        check("silence", silence, "4m");
    }

    private static void check(String name, Duration time, String example) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(
                    "codewise.openai." + name + " must be longer than nothing, such as " + example);
        }
    }
}
