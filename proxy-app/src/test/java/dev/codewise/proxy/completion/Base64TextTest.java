package dev.codewise.proxy.completion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64TextTest {

    @ParameterizedTest
    @ValueSource(strings = {"QQ==", "QUI=", "QUJD", "+/+/", "AZaz09+/"})
    void isWholeToTheLastCharacter(String text) {
        assertThat(Base64Text.isWhole(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "=", "==", "====", "Q", "QUI", "QQ=", "Q===", "QQ==QQ==", "QU-_", "QU D", "QUJD\n", "QÄ=="})
    void isNoneWhereAnythingElseIsInIt(String text) {
        assertThat(Base64Text.isWhole(text)).isFalse();
    }
}
