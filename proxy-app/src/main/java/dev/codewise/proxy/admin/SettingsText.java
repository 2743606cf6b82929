package dev.codewise.proxy.admin;

import dev.codewise.proxy.settings.Settings;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/** Settings in JSON, with durations as the variables of the environment have them: {@code 120s}, {@code 30d}. */
final class SettingsText {

    private final JsonMapper json;

    SettingsText(JsonMapper json) {
        var durations = new SimpleModule()
                .addSerializer(Duration.class, new DurationWriter())
                .addDeserializer(Duration.class, new DurationReader());
        this.json = json.rebuild().addModule(durations).build();
    }

    Settings read(String chosen) {
        return json.readValue(chosen, Settings.class);
    }

    /** Fails with a Jackson exception that knows the field. */
    Settings read(JsonNode chosen) {
        return json.treeToValue(chosen, Settings.class);
    }

    /** With every field, null where nothing was chosen. */
    ObjectNode tree(Settings settings) {
        return json.valueToTree(settings);
    }

    private static final class DurationWriter extends ValueSerializer<Duration> {

        @Override
        public void serialize(Duration value, JsonGenerator out, SerializationContext context) {
            out.writeString(shown(value));
        }

        /** In the largest unit that says it whole. */
        private static String shown(Duration value) {
            for (ChronoUnit unit : new ChronoUnit[] {ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES}) {
                if (!value.isZero() && value.toMillis() % unit.getDuration().toMillis() == 0) {
                    return DurationStyle.SIMPLE.print(value, unit);
                }
            }
            return DurationStyle.SIMPLE.print(
                    value, value.toMillis() % 1000 == 0 ? ChronoUnit.SECONDS : ChronoUnit.MILLIS);
        }
    }

    private static final class DurationReader extends ValueDeserializer<Duration> {

        @Override
        public Duration deserialize(JsonParser in, DeserializationContext context) {
            String text = in.getValueAsString("");
            try {
                return DurationStyle.detectAndParse(text, ChronoUnit.SECONDS);
            } catch (IllegalArgumentException | ArithmeticException e) {
                return (Duration) context.handleWeirdStringValue(Duration.class, text, "no duration");
            }
        }
    }
}
