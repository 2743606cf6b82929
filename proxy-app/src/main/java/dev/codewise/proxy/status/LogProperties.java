package dev.codewise.proxy.status;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** How the log looks; it is Logback that reads this, before anything else is there, and here it is only checked. */
@ConfigurationProperties("codewise.log")
record LogProperties(@DefaultValue("text") String format) {

    private static final Set<String> FORMATS = Set.of("text", "json");

    LogProperties {
        if (!FORMATS.contains(format)) {
            throw new IllegalArgumentException("LOG_FORMAT is \"" + format + "\"; set it to text or json");
        }
    }
}
