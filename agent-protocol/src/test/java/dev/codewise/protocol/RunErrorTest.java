package dev.codewise.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class RunErrorTest {

    @Test
    void isReadFromABareString() {
        assertThat(Wire.read("\"It broke.\"", RunError.class)).isEqualTo(new RunError(null, "It broke.", null, null));
    }

    @Test
    void isReadFromAnObjectWithoutAMessage() {
        assertThat(Wire.read("{\"code\":\"busy\"}", RunError.class)).isEqualTo(RunError.of(RunErrorCode.BUSY, ""));
        assertThat(Wire.read("{\"message\":null}", RunError.class)).isEqualTo(RunError.of(""));
    }

    @Test
    void isWrittenAsAnObjectEvenWhenItHasOnlyAMessage() {
        assertThat(Wire.write(RunError.of("It broke."))).isEqualTo("{\"message\":\"It broke.\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"It broke.\"]", "{\"message\":{}}", "{\"message\":\"x\",\"retryable\":\"perhaps\"}"})
    void isRefusedInAnotherShape(String json) {
        assertThatThrownBy(() -> Wire.read(json, RunError.class)).isInstanceOf(JacksonException.class);
    }

    @ParameterizedTest
    @EnumSource
    void carriesEveryCode(RunErrorCode code) {
        var error = RunError.of(code, "It broke.");

        assertThat(Wire.read(Wire.write(error), RunError.class)).isEqualTo(error);
        assertThat(Wire.tree(Wire.write(code)).asString()).isEqualTo(code.wireName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"out_of_paper", "INTERNAL", "Busy", ""})
    void readsACodeThatNobodyKnowsAsInternal(String code) {
        var read = Wire.read("{\"code\":\"" + code + "\",\"message\":\"x\"}", RunError.class);

        assertThat(read.code()).isEqualTo(RunErrorCode.INTERNAL);
    }

    @ParameterizedTest
    @CsvSource({
        "cli_not_found, false",
        "cli_exit, false",
        "cli_timeout, false",
        "cli_auth, false",
        "rate_limited, false",
        "overloaded, false",
        "prompt_too_long, true",
        "refused, true",
        "busy, false",
        "invalid_request, true",
        "cancelled, true",
        "internal, false"
    })
    void isFinalByItsCodeUnlessItSaysOtherwise(String name, boolean isFinal) {
        var code = Wire.read("\"" + name + "\"", RunErrorCode.class);

        assertThat(code.wireName()).isEqualTo(name);
        assertThat(RunError.of(code, "x").isFinal()).isEqualTo(isFinal);
        assertThat(new RunError(code, "x", true, null).isFinal()).isFalse();
        assertThat(new RunError(code, "x", false, null).isFinal()).isTrue();
    }

    @Test
    void isNotFinalAsABareString() {
        assertThat(RunError.of("It broke.").isFinal()).isFalse();
    }
}
