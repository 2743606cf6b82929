package dev.codewise.proxy.home;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class SecretTest {

    private static final String VALUE = "correct-horse-battery-staple";

    @ConfigurationProperties("some")
    record SomeProperties(Secret secret) {}

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(SomeProperties.class)
    static class SomeConfiguration {}

    @Test
    void isNeverPrinted() {
        var secret = Secret.of(VALUE);

        assertThat(secret).hasToString("***");
        assertThat(new SomeProperties(secret).toString()).doesNotContain(VALUE);
        assertThat(String.format("%s", secret)).doesNotContain(VALUE);
    }

    @Test
    void isThereForWhoHasToSendItOn() {
        assertThat(Secret.of(VALUE).reveal()).isEqualTo(VALUE);
        assertThat(Secret.of(VALUE).length()).isEqualTo(VALUE.length());
    }

    @Test
    void matchesItself() {
        assertThat(Secret.of(VALUE).matches(VALUE)).isTrue();
        assertThat(Secret.of("geheim-äöü-漢字").matches("geheim-äöü-漢字")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "correct-horse-battery-stapl",
                VALUE + " ",
                VALUE + "\u0000",
                "CORRECT-horse-battery-staple",
                "***"
            })
    void matchesNothingElse(String presented) {
        assertThat(Secret.of(VALUE).matches(presented)).isFalse();
    }

    @Test
    void isReadFromASetting() {
        new ApplicationContextRunner()
                .withUserConfiguration(SomeConfiguration.class)
                .withPropertyValues("some.secret=" + VALUE)
                .run(context -> assertThat(
                                context.getBean(SomeProperties.class).secret().reveal())
                        .isEqualTo(VALUE));
    }
}
