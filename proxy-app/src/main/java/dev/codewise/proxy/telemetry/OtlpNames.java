package dev.codewise.proxy.telemetry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;

/** What OTLP says otherwise than Prometheus does: a unit that is a mere remark, and labels without a value, which it leaves out. */
final class OtlpNames implements MeterFilter {

    @Override
    public Meter.Id map(Meter.Id id) {
        var said = id.getTags().stream().filter(OtlpNames::saysSomething).toList();
        Meter.Id named = id.replaceTags(said);
        return id.getName().equals(GenAiMetrics.TOKEN_USAGE) ? named.withBaseUnit("{token}") : named;
    }

    private static boolean saysSomething(Tag tag) {
        return !tag.getValue().isEmpty();
    }
}
