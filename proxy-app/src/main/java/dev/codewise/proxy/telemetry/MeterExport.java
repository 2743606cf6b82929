package dev.codewise.proxy.telemetry;

import io.micrometer.registry.otlp.OtlpConfig;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How meters go to whoever collects them: by our settings alone, and in seconds, as the conventions want them. */
record MeterExport(TelemetryProperties properties) implements OtlpConfig {

    @Override
    public @Nullable String get(String key) {
        return null;
    }

    @Override
    public String url() {
        return properties.addressOf("metrics");
    }

    @Override
    public Map<String, String> headers() {
        return properties.sentHeaders();
    }

    @Override
    public Map<String, String> resourceAttributes() {
        return Map.of("service.name", properties.serviceName());
    }

    @Override
    public Duration step() {
        return properties.metersEvery();
    }

    @Override
    public TimeUnit baseTimeUnit() {
        return TimeUnit.SECONDS;
    }
}
