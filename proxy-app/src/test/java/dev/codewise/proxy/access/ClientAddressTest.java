package dev.codewise.proxy.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class ClientAddressTest {

    private final ClientAddress addresses = new ClientAddress(List.of("10.0.0.7", " 10.1.0.0/16", "fd00::/8"));

    @Test
    void isThatOfTheConnectionWhateverAStrangerClaims() {
        var request = from("203.0.113.9").header("X-Forwarded-For", "1.2.3.4").header("Forwarded", "for=1.2.3.4");

        assertThat(address(request)).isEqualTo("203.0.113.9");
    }

    @Test
    void isThatOfTheTrustedProxyWhereItSaysNothing() {
        assertThat(address(from("10.0.0.7"))).isEqualTo("10.0.0.7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.2.3.4                              | 1.2.3.4",
                "6.6.6.6, 1.2.3.4                     | 1.2.3.4",
                "6.6.6.6, 1.2.3.4, 10.1.2.3           | 1.2.3.4",
                "1.2.3.4, 10.1.2.3, fd00::1, 10.0.0.7 | 1.2.3.4",
                "10.1.2.3                             | 10.1.2.3",
                "1.2.3.4:5678                         | 1.2.3.4",
                "2001:db8::1                          | 2001:db8:0:0:0:0:0:1",
                "[2001:db8::1]:443                    | 2001:db8:0:0:0:0:0:1",
                "::ffff:1.2.3.4                       | 1.2.3.4",
                "unknown                              | 10.0.0.7",
                "6.6.6.6, localhost                   | 10.0.0.7",
                "1.2.3.4, oops, 10.1.2.3              | 10.1.2.3",
                "6.6.6.6,                             | 10.0.0.7",
                "1.2.3.999                            | 10.0.0.7"
            })
    void isTheNearestThatNoTrustedProxyHas(String forwardedFor, String expected) {
        assertThat(address(from("10.0.0.7").header("X-Forwarded-For", forwardedFor)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "for=1.2.3.4                                  | 1.2.3.4",
                "For=\"[2001:db8::1]:4711\";proto=https       | 2001:db8:0:0:0:0:0:1",
                "by=9.9.9.9;for=1.2.3.4;host=x                | 1.2.3.4",
                "for=6.6.6.6, for=1.2.3.4;proto=http          | 1.2.3.4",
                "for=1.2.3.4, for=10.1.2.3                    | 1.2.3.4",
                "for=_hidden                                  | 10.0.0.7",
                "by=1.2.3.4                                   | 10.0.0.7",
                "xfor=1.2.3.4                                 | 10.0.0.7"
            })
    void readsTheStandardHeaderToo(String forwarded, String expected) {
        assertThat(address(from("10.0.0.7").header("Forwarded", forwarded))).isEqualTo(expected);
    }

    @Test
    void readsAHeaderThatComesTwiceAsOne() {
        var request =
                from("10.0.0.7").header("X-Forwarded-For", "6.6.6.6").header("X-Forwarded-For", "1.2.3.4, 10.1.2.3");

        assertThat(address(request)).isEqualTo("1.2.3.4");
    }

    @Test
    void isThatOfTheProxyWhereItsHeadersDisagree() {
        var request = from("10.0.0.7").header("X-Forwarded-For", "1.2.3.4").header("Forwarded", "for=6.6.6.6");
        var agreeing = from("10.0.0.7").header("X-Forwarded-For", "1.2.3.4").header("Forwarded", "for=1.2.3.4");

        assertThat(address(request)).isEqualTo("10.0.0.7");
        assertThat(address(agreeing)).isEqualTo("1.2.3.4");
    }

    @Test
    void mayBeUnknown() {
        assertThat(addresses.of(MockServerHttpRequest.get("/").build())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.org", "10.0.0.0/33", "10.0.0", "10.0.0.1/x", "fd00::/129", "*"})
    void takesOnlyAddressesAndRangesForProxies(String range) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClientAddress(List.of(range)))
                .withMessageContainingAll("TRUSTED_PROXIES has \"" + range + "\"", "10.0.0.0/8");
    }

    private String address(MockServerHttpRequest.BaseBuilder<?> request) {
        return addresses.of(request.build()).map(InetAddress::getHostAddress).orElse("");
    }

    private static MockServerHttpRequest.BaseBuilder<?> from(String peer) {
        return MockServerHttpRequest.get("/").remoteAddress(new InetSocketAddress(peer, 1234));
    }
}
