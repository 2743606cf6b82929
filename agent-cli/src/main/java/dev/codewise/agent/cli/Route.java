package dev.codewise.agent.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** How the proxy is reached: whose certificates are trusted, and through which HTTP proxy the way leads. */
final class Route {

    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(10);
    private static final int USUAL_PORT = 3128;

    private final @Nullable Path caFile;
    private final Map<String, String> environment;

    Route(@Nullable Path caFile, Map<String, String> environment) {
        this.caFile = caFile;
        this.environment = environment;
    }

    /** One stream and small posts gain nothing by HTTP/2, and some servers trip over the offer of it. */
    HttpClient client() {
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_PATIENCE);
        if (caFile != null) {
            client.sslContext(trusting(caFile));
        }
        httpProxy().ifPresent(client::proxy);
        return client.build();
    }

    private Optional<ProxySelector> httpProxy() {
        return variable("HTTPS_PROXY")
                .map(proxy -> new ThroughHttpProxy(
                        address(proxy), variable("NO_PROXY").orElse("")));
    }

    /** In capital letters or small ones, as programs have it; set to nothing it counts as unset. */
    private Optional<String> variable(String name) {
        return Stream.of(name, name.toLowerCase(Locale.ROOT))
                .flatMap(spelled -> Stream.ofNullable(environment.get(spelled)))
                .filter(value -> !value.isBlank())
                .map(String::strip)
                .findFirst();
    }

    private static InetSocketAddress address(String proxy) {
        try {
            var uri = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
            if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null) {
                return InetSocketAddress.createUnresolved(
                        uri.getHost(), uri.getPort() < 0 ? USUAL_PORT : uri.getPort());
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new SettingsException("HTTPS_PROXY must be the address of an HTTP proxy without a password,"
                + " such as http://proxy.example:3128");
    }

    private static SSLContext trusting(Path file) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers(with(file)), null);
            return context;
        } catch (IOException e) {
            throw new SettingsException("--ca-file " + file + " cannot be read: check that it exists and is yours");
        } catch (GeneralSecurityException e) {
            throw new SettingsException("--ca-file " + file + " holds no certificates: it must be a PEM file, which"
                    + " begins with -----BEGIN CERTIFICATE-----");
        }
    }

    /** Those of Java, and those in the file. */
    private static KeyStore with(Path file) throws IOException, GeneralSecurityException {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        var count = 0;
        for (var manager : managers(null)) {
            if (manager instanceof X509TrustManager usual) {
                for (var issuer : usual.getAcceptedIssuers()) {
                    trusted.setCertificateEntry("usual-" + count++, issuer);
                }
            }
        }
        var usual = count;
        try (InputStream in = Files.newInputStream(file)) {
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("added-" + count++, certificate);
            }
        }
        if (count == usual) {
            throw new GeneralSecurityException("no certificate");
        }
        return trusted;
    }

    private static TrustManager[] managers(@Nullable KeyStore trusted) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }
}
