package dev.codewise.proxy.status.setting;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The environment variables as the proxy reads them: one that holds nothing counts as unset, because compose passes
 * those on empty, and space around a value is dropped, because env files leave it (a Windows line end, say).
 */
final class TidyEnvironment implements EnvironmentPostProcessor, Ordered {

    private static final String SOURCE = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        PropertySource<?> variables = environment.getPropertySources().get(SOURCE);
        if (variables != null && variables.getSource() instanceof Map<?, ?> values) {
            environment.getPropertySources().replace(SOURCE, new SystemEnvironmentPropertySource(SOURCE, tidy(values)));
        }
    }

    private static Map<String, Object> tidy(Map<?, ?> values) {
        var tidy = new LinkedHashMap<String, Object>();
        values.forEach((name, value) -> keepUnlessBlank(tidy, name.toString(), value.toString()));
        return tidy;
    }

    private static void keepUnlessBlank(Map<String, Object> tidy, String name, String value) {
        if (!value.isBlank()) {
            tidy.put(name, value.strip());
        }
    }

    /** Before Spring Boot wraps the source for its own purposes and reads the configuration files. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
