package dev.codewise.proxy.status.setting;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/** What the operator calls a setting: the environment variable behind it, or else the property's own name. */
record Variable(String name, @Nullable String fallback) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)(?::(.*))?}");
    private static final Pattern CONFIDENTIAL =
            Pattern.compile("(?i).*(key|secret|password|token)$|DATABASE_URL|.*\\.url");

    /** The one that a failed binding was about. */
    static Variable of(BindException failure, Environment environment) {
        ConfigurationProperty property = failure.getProperty();
        return Optional.ofNullable(property)
                .or(() -> find(failure, environment))
                .map(found -> PLACEHOLDER.matcher(String.valueOf(found.getValue())))
                .filter(Matcher::matches)
                .map(matcher -> new Variable(matcher.group(1), matcher.group(2)))
                .orElseGet(() -> new Variable(failure.getName().toString(), null));
    }

    private static Optional<ConfigurationProperty> find(BindException failure, Environment environment) {
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty property = source.getConfigurationProperty(failure.getName());
            if (property != null) {
                return Optional.of(property);
            }
        }
        return Optional.empty();
    }

    /** The name, with the value where that may be shown. */
    String with(@Nullable Object value) {
        return CONFIDENTIAL.matcher(name).matches() ? name : name + "=" + Objects.toString(value, "");
    }

    /** What it holds when it is unset, as the best example of a right value. */
    Optional<String> example() {
        return Optional.ofNullable(fallback).filter(text -> !text.isBlank());
    }
}
