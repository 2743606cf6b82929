package dev.codewise.proxy.anthropic;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often an answer without news shows that it lives, from when on one in one piece does, and whether a field that would have no
 * effect is refused.
 */
@ConfigurationProperties("codewise.anthropic")
record AnthropicProperties(
        @DefaultValue("15s") Duration beat,
        @DefaultValue("4m") Duration silence,
        @DefaultValue("false") boolean strict) {

    AnthropicProperties {
        check("beat", beat, "15s");
        check("silence", silence, "4m");
    }

    private static void check(String name, Duration time, String example) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(
                    "codewise.anthropic." + name + " must be longer than nothing, such as " + example);
        }
    }
}
