package dev.codewise.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codewise.proxy.home.Secret;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretBoxTest {

    /** 32 bytes. */
    static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    private static final String OTHER_KEY = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

    private final SecretBox box = new SecretBox(Secret.of(KEY));

    @Test
    void givesBackWhatItHasSealed() {
        String sealed = box.seal("name", Secret.of("sk-ant-ü"));

        assertThat(box.open("name", sealed))
                .hasValueSatisfying(opened -> assertThat(opened.reveal()).isEqualTo("sk-ant-ü"));
        assertThat(sealed).doesNotContain("sk-ant");
    }

    @Test
    void sealsTheSameDifferentlyEachTime() {
        assertThat(Stream.generate(() -> box.seal("name", Secret.of("x")))
                        .limit(100)
                        .collect(Collectors.toSet()))
                .hasSize(100);
    }

    @Test
    void opensNothingForAnotherKeyOrUnderAnotherName() {
        String sealed = box.seal("name", Secret.of("secret"));

        assertThat(new SecretBox(Secret.of(OTHER_KEY)).open("name", sealed)).isEmpty();
        assertThat(box.open("other", sealed)).isEmpty();
    }

    @Test
    void opensNothingThatWasTouched() {
        String sealed = box.seal("name", Secret.of("secret"));

        assertThat(box.open(
                        "name", sealed.substring(0, 8) + (sealed.charAt(8) == 'A' ? 'B' : 'A') + sealed.substring(9)))
                .isEmpty();
        assertThat(box.open("name", "v1:")).isEmpty();
        assertThat(box.open("name", "v1:!")).isEmpty();
        assertThat(box.open("name", "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "MDEyMzQ1", "not base64 at all, is it?", KEY + "AAAA"})
    void refusesAKeyThatIsNone(String key) {
        assertThatThrownBy(() -> new SecretKeyProperties(Secret.of(key)))
                .hasMessageStartingWith("CODEWISE_SECRET_KEY must be 32 random bytes in base64")
                .hasMessageNotContaining(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", KEY, "__________________________________________8"})
    void takesAKeyInEitherAlphabetOrNone(String key) {
        assertThatCode(() -> new SecretKeyProperties(Secret.of(key))).doesNotThrowAnyException();
    }
}
