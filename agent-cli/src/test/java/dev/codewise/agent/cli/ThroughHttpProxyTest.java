package dev.codewise.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThroughHttpProxyTest {

    private static final InetSocketAddress PROXY = InetSocketAddress.createUnresolved("proxy.example", 3128);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://codewise.example        |                              | true
            http://codewise.example         |                              | false
            https://localhost:8443          |                              | false
            https://127.0.0.1:8443          |                              | false
            https://[::1]:8443              |                              | false
            https://codewise.example        | codewise.example             | false
            https://Codewise.Example        | other.example, codewise.example | false
            https://a.codewise.example      | codewise.example             | false
            https://a.codewise.example      | .codewise.example            | false
            https://mycodewise.example      | codewise.example             | true
            https://codewise.example        | *                            | false
            https://codewise.example        | ,                            | true
            """)
    void leadsWhatIsFarAwayAndNotExceptedThroughTheProxy(URI uri, String without, boolean through) {
        var selected = new ThroughHttpProxy(PROXY, without == null ? "" : without).select(uri);

        assertThat(selected).containsExactly(through ? new Proxy(Proxy.Type.HTTP, PROXY) : Proxy.NO_PROXY);
    }
}
