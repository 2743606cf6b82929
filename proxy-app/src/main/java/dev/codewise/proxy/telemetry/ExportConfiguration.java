package dev.codewise.proxy.telemetry;

import dev.codewise.proxy.telemetry.ExportConfiguration.EndpointIsSet;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Wires the traces, and the way of traces and meters to whoever collects them; nothing of it exists where nobody does. */
@Configuration(proxyBeanMethods = false)
@Conditional(EndpointIsSet.class)
class ExportConfiguration {

    private static final String SCOPE = "dev.codewise.proxy";
    private static final Duration LONGEST_EXPORT = Duration.ofSeconds(5);
    private static final int LONGEST_ATTRIBUTE = 256;
    private static final int MOST_WAITING_SPANS = 2048;

    /** On its end, what waits is sent if that goes quickly. */
    @Bean(destroyMethod = "close")
    SdkTracerProvider tracerProvider(TelemetryProperties properties) {
        return SdkTracerProvider.builder()
                .setResource(Resource.getDefault().merge(resource(properties)))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(properties.sampled())))
                .setSpanLimits(SpanLimits.builder()
                        .setMaxAttributeValueLength(LONGEST_ATTRIBUTE)
                        .build())
                .addSpanProcessor(BatchSpanProcessor.builder(spanExporter(properties))
                        .setMaxQueueSize(MOST_WAITING_SPANS)
                        .build())
                .build();
    }

    private static Resource resource(TelemetryProperties properties) {
        return Resource.builder()
                .put(AttributeKey.stringKey("service.name"), properties.serviceName())
                .build();
    }

    private static SpanExporter spanExporter(TelemetryProperties properties) {
        return OtlpHttpSpanExporter.builder()
                .setEndpoint(properties.addressOf("traces"))
                .setHeaders(properties::sentHeaders)
                .setTimeout(LONGEST_EXPORT)
                .build();
    }

    @Bean
    Traces traces(SdkTracerProvider provider, ModelNames models) {
        Tracer tracer = provider.get(SCOPE);
        return new Traces(tracer, models);
    }

    @Bean
    TraceFilter traceFilter(Traces traces) {
        return new TraceFilter(traces);
    }

    @Bean(destroyMethod = "close")
    MeterRegistry otlpMeterRegistry(TelemetryProperties properties) {
        var registry = OtlpMeterRegistry.builder(new MeterExport(properties)).build();
        registry.config().meterFilter(new OtlpNames());
        return registry;
    }

    /** An empty value is none. */
    static final class EndpointIsSet implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return StringUtils.hasText(context.getEnvironment().getProperty("codewise.telemetry.endpoint"));
        }
    }
}
