package dev.codewise.proxy.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesPropertiesTest {

    @Test
    void allowNoHostUnlessTheOperatorSaysSo() {
        assertThat(new ImagesProperties("").hosts()).isEmpty();
    }

    @Test
    void nameHostsWithTheirPortsAndWhetherTheyAreAskedInTheClear() {
        var properties =
                new ImagesProperties("images.example.org, Cdn.example.org:8443,http://10.0.0.5:8000 ,[fd00::1],");

        assertThat(properties.hosts())
                .containsExactly(
                        new ImageHost("https", "images.example.org", 443),
                        new ImageHost("https", "cdn.example.org", 8443),
                        new ImageHost("http", "10.0.0.5", 8000),
                        new ImageHost("https", "[fd00::1]", 443));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*.example.org",
                "ftp://images.example.org",
                "https://images.example.org/",
                "images.example.org/cats",
                "me@images.example.org",
                "0x7f000001",
                "2130706433",
                "127.1",
                "10.0.0.300",
                "1.2.3.4.",
                "1.2.3.4.5",
                "[fd00::x]",
                "a b"
            })
    void takeNothingElse(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImagesProperties("images.example.org," + entry))
                .withMessageStartingWith("CODEWISE_IMAGE_HOSTS has \"" + entry + "\", which is not a host");
    }
}
