package dev.codewise.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codewise.protocol.RunToolChoice.Mode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class RunParametersTest {

    @ParameterizedTest
    @EnumSource(names = "NAMED", mode = EnumSource.Mode.EXCLUDE)
    void chooseAmongAllTools(Mode mode) {
        var choice = new RunToolChoice(mode, null);

        assertThat(Wire.read(Wire.write(choice), RunToolChoice.class)).isEqualTo(choice);
    }

    @Test
    void chooseOneToolByItsName() {
        var choice = Wire.read("{\"mode\":\"named\",\"name\":\"weather\"}", RunToolChoice.class);

        assertThat(choice).isEqualTo(new RunToolChoice(Mode.NAMED, "weather"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"mode\":\"named\"}", "{\"mode\":\"auto\",\"name\":\"weather\"}", "{\"mode\":\"any\"}", "{}"})
    void makeNoChoiceThatIsNone(String json) {
        assertThatThrownBy(() -> Wire.read(json, RunToolChoice.class)).isInstanceOf(JacksonException.class);
    }

    @ParameterizedTest
    @EnumSource
    void sayHowHardToThink(RunEffort effort) {
        assertThat(Wire.read("{\"effort\":" + Wire.write(effort) + "}", RunParameters.class)
                        .effort())
                .isEqualTo(effort);
    }

    @Test
    void doWithoutAnEffortOfALaterVersion() {
        assertThat(Wire.read("{\"effort\":\"utmost\",\"topP\":0.5}", RunParameters.class))
                .isEqualTo(new RunParameters(null, null, 0.5, null, null, null, null, null, null));
    }

    @Test
    void keepASchemaInItsOrderAndWithItsNulls() {
        String json = "{\"type\":\"object\",\"properties\":{\"z\":{\"default\":null},\"a\":{\"enum\":[1,\"x\",0.25]}}}";

        var tool = Wire.read("{\"name\":\"f\",\"inputSchema\":" + json + "}", RunTool.class);

        assertThat(Wire.write(tool.inputSchema())).isEqualTo(json);
    }

    @Test
    void areTheSameWhateverBecomesOfTheSchemaTheyWereMadeFrom() {
        var schema = new LinkedHashMap<String, Object>(Map.of("type", "object"));
        var tool = new RunTool("f", null, schema);

        schema.clear();

        assertThat(tool.inputSchema()).containsOnlyKeys("type");
    }
}
