package dev.codewise.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {

    private static final char[] PASSWORD = "of-the-tests".toCharArray();

    @TempDir
    Path folder;

    @Test
    void trustsTheCertificatesOfTheFile() throws Exception {
        var server = httpsServer();
        try {
            var request = HttpRequest.newBuilder(URI.create(
                            "https://localhost:" + server.getAddress().getPort()))
                    .build();

            var answer = new Route(folder.resolve("ca.pem"), Map.of()).client().send(request, BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> new Route(null, Map.of()).client().send(request, BodyHandlers.ofString()))
                    .isInstanceOf(SSLHandshakeException.class);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void saysWhatIsWrongWithTheFile() throws IOException {
        var text = Files.writeString(folder.resolve("text"), "nothing of the sort");
        var empty = Files.writeString(folder.resolve("empty"), "");

        assertThatThrownBy(() -> new Route(text, Map.of()).client()).hasMessageContaining("holds no certificates");
        assertThatThrownBy(() -> new Route(empty, Map.of()).client()).hasMessageContaining("holds no certificates");
        assertThatThrownBy(() -> new Route(folder.resolve("none"), Map.of()).client())
                .hasMessageContaining("cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTPS_PROXY", "https_proxy"})
    void goesThroughTheProxyThatTheEnvironmentNames(String variable) throws Exception {
        try (var proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var address = "http://localhost:" + proxy.getLocalPort();
            var request =
                    HttpRequest.newBuilder(URI.create("https://far.example")).build();

            var answer =
                    new Route(null, Map.of(variable, address)).client().sendAsync(request, BodyHandlers.discarding());

            try (var taken = proxy.accept();
                    var reader = new BufferedReader(
                            new InputStreamReader(taken.getInputStream(), StandardCharsets.US_ASCII))) {
                assertThat(reader.readLine()).isEqualTo("CONNECT far.example:443 HTTP/1.1");
            }
            answer.cancel(true);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void goesStraightWhereNoneIsNamed(String nothing) {
        assertThat(new Route(null, Map.of("HTTPS_PROXY", nothing)).client().proxy())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://127.0.0.1:1", "http://me:secret@127.0.0.1:1", "http://", "a b"})
    void refusesAProxyThatItCannotUse(String proxy) {
        assertThatThrownBy(() -> new Route(null, Map.of("HTTPS_PROXY", proxy)).client())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("HTTPS_PROXY")
                .hasMessageNotContaining("secret");
    }

    private HttpsServer httpsServer() throws Exception {
        var store = folder.resolve("keys");
        keytool("-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "a",
                "-file",
                folder.resolve("ca.pem").toString());
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), PASSWORD), PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private void keytool(String... words) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("-keystore", folder.resolve("keys").toString(), "-storepass", new String(PASSWORD)));
        var ended = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(ended.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(ended.exitValue()).isZero();
    }
}
