package dev.codewise.proxy.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.codewise.proxy.claude.ClaudePassThrough.Delivery;
import dev.codewise.proxy.web.RequestRefused;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AskedModelTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":\"sonnet\",\"x\":1}                         | {\"model\":\"other\",\"x\":1}",
                "{\"x\":{\"model\":\"sonnet\"},\"model\": \"sonnet\"}   | {\"x\":{\"model\":\"sonnet\"},\"model\": \"other\"}",
                "{\"ü😀\":[\"ä\"],\"model\"  :  \"sonnet\" , \"y\":[{}]}   | {\"ü😀\":[\"ä\"],\"model\"  :  \"other\" , \"y\":[{}]}",
                "{\"model\":\"son\\u006eet\"}                           | {\"model\":\"other\"}"
            })
    void isAllThatIsReplaced(String body, String replaced) {
        var model = AskedModel.in(utf8(body));

        assertThat(model.name()).isEqualTo("sonnet");
        assertThat(model.replacedIn(utf8(body), "other")).isEqualTo(utf8(replaced));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"stream\":true,\"model\":\"sonnet\"}                     | AS_STREAM",
                "{\"model\":\"sonnet\",\"stream\": true}                    | AS_STREAM",
                "{\"model\":\"sonnet\",\"stream\":false}                    | IN_ONE_PIECE",
                "{\"model\":\"sonnet\",\"stream\":\"true\"}                 | IN_ONE_PIECE",
                "{\"model\":\"sonnet\",\"metadata\":{\"stream\":true}}      | IN_ONE_PIECE",
                "{\"model\":\"sonnet\"}                                     | IN_ONE_PIECE"
            })
    void bringsAlongWhetherAStreamIsWanted(String body, Delivery delivery) {
        assertThat(AskedModel.in(utf8(body)).wanted().delivery()).isEqualTo(delivery);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"max_tokens\":64,\"model\":\"sonnet\"}                       | 64",
                "{\"model\":\"sonnet\",\"max_tokens\":99999999999999999999}     | 2147483647",
                "{\"model\":\"sonnet\",\"max_tokens\":-1}                       | 0",
                "{\"model\":\"sonnet\",\"max_tokens\":\"64\"}                   | ",
                "{\"model\":\"sonnet\",\"metadata\":{\"max_tokens\":64}}        | ",
                "{\"model\":\"sonnet\"}                                       | "
            })
    void bringsAlongHowLongTheAnswerMayBe(String body, @Nullable Integer mostTokens) {
        assertThat(AskedModel.in(utf8(body)).wanted().mostTokens()).isEqualTo(mostTokens);
    }

    @Test
    void leavesTheBodyAloneWhereTheNameIsTheRightOne() {
        byte[] body = utf8("{\"model\":\"sonn\\u0065t\"}");

        assertThat(AskedModel.in(body).replacedIn(body, "sonnet")).isSameAs(body);
    }

    @Test
    void isFoundBehindAMegabyte() {
        byte[] body = utf8("{\"messages\":\"" + "é".repeat(1 << 20) + "\",\"model\":\"sonnet\"}");

        byte[] replaced = AskedModel.in(body).replacedIn(body, "x");

        assertThat(replaced).hasSize(body.length - 5).endsWith(utf8("\"model\":\"x\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "\"model\"",
                "{\"model\":5}",
                "{\"model\":null}",
                "{\"model\":\" \"}",
                "{\"model\":{\"model\":\"sonnet\"}}",
                "{\"model\":\"sonnet\"",
                "{\"model\":\"sonnet\",\"model\":\"opus\"}",
                "{\"model\":\"sonnet\"} {"
            })
    void isRefusedWhereNobodyCouldSayWhichOneItIs(String body) {
        assertThatExceptionOfType(RequestRefused.class).isThrownBy(() -> AskedModel.in(utf8(body)));
    }

    @Test
    void isFoundInWhatOnlyItsReceiverHasToUnderstand() {
        var deep = "[".repeat(5_000) + "]".repeat(5_000);
        var wide = "{\"" + "n".repeat(100_000) + "\":" + "1".repeat(1_000) + "," + "\"x\":[" + "0,".repeat(600_000)
                + "0]}";

        assertThat(AskedModel.in(utf8("{\"deep\":" + deep + ",\"wide\":" + wide + ",\"model\":\"sonnet\"}")))
                .returns("sonnet", AskedModel::name);
    }

    @Test
    void isNotLookedForBehindLevelsWithoutAnEnd() {
        assertThatExceptionOfType(RequestRefused.class)
                .isThrownBy(() -> AskedModel.in(utf8("{\"x\":" + "[".repeat(1 << 20))))
                .withMessageContaining("nesting depth up to 10000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32BE"})
    void isRefusedInAnotherEncoding(String encoding) {
        byte[] body = "{\"model\":\"sonnet\"}".getBytes(Charset.forName(encoding));

        assertThatExceptionOfType(RequestRefused.class).isThrownBy(() -> AskedModel.in(body));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
