package dev.codewise.proxy.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.codewise.proxy.images.RemoteImage.FetchedImage;
import dev.codewise.proxy.web.RequestRefused;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** What a certificate is good for: a host whose name it bears, if somebody trusts whoever signed it. */
class EncryptedImagesTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private static KeyStore keys;
    private static HttpsServer host;

    private final List<FetchedImage> placed = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void startHost(@TempDir Path folder) throws Exception {
        keys = keysOf("images.test", folder.resolve("keys.p12"));
        host = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.setHttpsConfigurator(new HttpsConfigurator(contextOf(keys)));
        host.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("content-type", "image/png");
            exchange.sendResponseHeaders(200, FakeImageHost.PNG.length);
            exchange.getResponseBody().write(FakeImageHost.PNG);
            exchange.close();
        });
        host.start();
    }

    @AfterAll
    static void stopHost() {
        host.stop(0);
    }

    private static KeyStore keysOf(String name, Path file) throws Exception {
        var keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-alias",
                "host",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=dns:" + name,
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD));
        int exit = keytool.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assertThat(exit).isZero();
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream stored = Files.newInputStream(file)) {
            keys.load(stored, PASSWORD);
        }
        return keys;
    }

    private static SSLContext contextOf(KeyStore keys) throws Exception {
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void letsTheHostOfItsNameGiveAnImage() throws Exception {
        fetch("images.test", trusting(keys));

        assertThat(placed).hasSize(1);
    }

    @Test
    void letsNoHostOfAnotherNameGiveAnything() {
        assertThatExceptionOfType(RequestRefused.class)
                .isThrownBy(() -> fetch("other.test", trusting(keys)))
                .withMessage("field could not be fetched.");
    }

    @Test
    void isWorthNothingWhereNobodyTrustsIt() {
        assertThatExceptionOfType(RequestRefused.class)
                .isThrownBy(() -> fetch("images.test", HttpClient::secure))
                .withMessage("field could not be fetched.");
    }

    private void fetch(String name, UnaryOperator<HttpClient> encryption) throws Exception {
        String origin = "https://" + name + ":" + host.getAddress().getPort();
        HostLookup here = asked -> Mono.just(List.of(InetAddress.getLoopbackAddress()));
        var door = new ImageDoor(new ImagesProperties(origin).hosts(), here, address -> true);
        try (var client = new ImageClient(ImageLimits.USUAL, encryption)) {
            new RemoteImages(door, client, ImageLimits.USUAL)
                    .fetch(List.of(new RemoteImage(origin + "/a.png", "field", placed::add)))
                    .block(Duration.ofSeconds(20));
        }
    }

    private static UnaryOperator<HttpClient> trusting(KeyStore keys) throws Exception {
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(keys);
        var context = SslContextBuilder.forClient().trustManager(managers).build();
        return http -> http.secure(spec -> spec.sslContext(context));
    }
}
