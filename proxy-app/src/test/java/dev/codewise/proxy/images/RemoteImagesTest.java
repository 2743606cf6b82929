package dev.codewise.proxy.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.codewise.proxy.CapturedLog;
import dev.codewise.proxy.images.RemoteImage.FetchedImage;
import dev.codewise.proxy.web.RequestRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Mono;

class RemoteImagesTest {

    private static final Logger CONNECTING =
            (Logger) LoggerFactory.getLogger("reactor.netty.http.client.HttpClientConnect");

    private static final ImageLimits LIMITS = new ImageLimits(3, 1000, 2000, Duration.ofSeconds(5));

    private final List<FetchedImage> placed = new CopyOnWriteArrayList<>();
    private final List<String> lookups = new CopyOnWriteArrayList<>();
    private final ImageClient client = new ImageClient(LIMITS);
    private FakeImageHost host;

    @BeforeEach
    void startHost() throws IOException {
        host = FakeImageHost.start();
    }

    @AfterEach
    void closeAll() {
        client.close();
        host.close();
    }

    @Test
    void putsAnImageWhereItsAddressStood() {
        fetch("http://" + host.authority() + "/a%20b.png?size=2");

        assertThat(placed)
                .containsExactly(
                        new FetchedImage("image/png", Base64.getEncoder().encodeToString(FakeImageHost.PNG)));
        assertThat(host.targets()).containsExactly("/a%20b.png?size=2");
    }

    @Test
    void tellsTheHostNothingButWhatItWants() {
        fetch("http://" + host.authority() + "/a.png");

        assertThat(host.headers().keySet()).containsExactlyInAnyOrder("User-agent", "Accept", "Host", "Connection");
        assertThat(host.headers().getFirst("Host")).isEqualTo(host.authority());
    }

    @Test
    void believesTheBytesAboutTheKindOfImage() {
        host.has("image/jpeg", FakeImageHost.PNG);

        fetch("http://" + host.authority() + "/a");

        assertThat(placed).extracting(FetchedImage::mediaType).containsExactly("image/png");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://{host}/a.png",
                "http://localhost:{port}/a.png",
                "http://127.0.0.1/a.png",
                "http://127.0.0.1.:{port}/a.png",
                "http://127.1:{port}/a.png",
                "http://0x7f000001:{port}/a.png",
                "http://2130706433:{port}/a.png",
                "http://[::ffff:127.0.0.1]:{port}/a.png",
                "http://{host}@evil.example/a.png",
                "http://evil.example/{host}",
                "http://169.254.169.254/latest/meta-data",
                "file:///etc/passwd",
                "http:/a.png"
            })
    void followsNoAddressToAHostThatIsNotAllowed(String url) {
        assertThatIsRefused(url, "nothing is fetched from there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://me:secret@{host}/a.png", "http://me@{host}/a.png"})
    void givesNoHostAPassword(String url) {
        assertThatIsRefused(url, "nothing is fetched from there");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://{host}/a b", "http://{host}\\@evil.example/", "http://{host}/a\r\nX: y", "http://["})
    void followsNoAddressThatCanBeReadInTwoWays(String url) {
        assertThatIsRefused(url, "is not a valid URL");
    }

    @Test
    void connectsToTheVeryAddressThatWasChecked() {
        var answers = new ArrayList<>(List.of("127.0.0.1", "127.0.0.2"));
        var images = imagesOf("http://images.test:" + host.port(), answers, "127.0.0.1");

        images.fetch(List.of(imageAt("http://images.test:" + host.port() + "/a.png")))
                .block(Duration.ofSeconds(10));

        assertThat(lookups).containsExactly("images.test");
        assertThat(host.headers().getFirst("Host")).isEqualTo("images.test:" + host.port());
        assertThat(placed).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.2", "8.8.8.8 127.0.0.2", "10.0.0.1", "::1", "fd00::1"})
    void connectsToNothingThatIsNotPublicThoughAnAllowedNameLeadsThere(String addresses) {
        var images = imagesOf("http://images.test:" + host.port(), List.of(addresses), "8.8.8.8");

        assertThatExceptionOfType(RequestRefused.class)
                .isThrownBy(() -> images.fetch(List.of(imageAt("http://images.test:" + host.port() + "/a.png")))
                        .block(Duration.ofSeconds(10)))
                .withMessageEndingWith("is on a host that is not on the public internet.");
        assertThat(host.targets()).isEmpty();
    }

    @Test
    void followsNoRedirection() {
        host.redirectsTo("http://" + host.authority() + "/elsewhere");

        assertThatIsRefused("http://{host}/a.png", "leads to a redirection");
        assertThat(host.targets()).containsExactly("/a.png");
    }

    @ParameterizedTest
    @CsvSource({"404", "401", "500", "204"})
    void saysWhatTheHostAnsweredWith(int status) {
        host.fails(status);

        assertThatIsRefused("http://{host}/a.png", "answered with HTTP status " + status);
    }

    @ParameterizedTest
    @CsvSource({"text/html", "image/svg+xml", "application/octet-stream"})
    void takesNothingThatDoesNotClaimToBeAnImage(String type) {
        host.has(type, FakeImageHost.PNG);

        assertThatIsRefused("http://{host}/a.png", "does not lead to a PNG, JPEG, GIF or WebP image");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "", "RIFF1234WAVE", "\u0089PN"})
    void takesNothingThatOnlyClaimsToBeAnImage(String body) {
        host.has("image/png", body.getBytes(StandardCharsets.ISO_8859_1));

        assertThatIsRefused("http://{host}/a.png", "does not lead to a PNG, JPEG, GIF or WebP image");
    }

    @Test
    void takesNothingThatIsCompressed() {
        host.compresses();

        assertThatIsRefused("http://{host}/a.png", "does not lead to a PNG, JPEG, GIF or WebP image");
    }

    @Test
    void readsNoFurtherThanAnImageMayReach() {
        host.neverEnds();

        assertThatIsRefused("http://{host}/a.png", "leads to an image of more than 1000 bytes");
    }

    @Test
    void waitsNoLongerThanItMay() {
        host.stalls();
        var hasty = new ImageLimits(3, 1000, 2000, Duration.ofMillis(200));

        assertThatExceptionOfType(RequestRefused.class)
                .isThrownBy(() -> new RemoteImages(door("http://" + host.authority(), List.of(), ""), client, hasty)
                        .fetch(List.of(imageAt("http://" + host.authority() + "/a.png")))
                        .block(Duration.ofSeconds(10)))
                .withMessage("field could not be fetched within 200 ms.");
    }

    @Test
    void saysThatNobodyAnswers() {
        int port = host.port();
        host.close();

        assertThatIsRefused("http://127.0.0.1:" + port + "/a.png", "could not be fetched.");
    }

    @Test
    void fetchesOnlySoManyImages() {
        List<RemoteImage> four = Collections.nCopies(4, imageAt("http://" + host.authority() + "/a.png"));

        assertThatExceptionOfType(RequestRefused.class)
                .isThrownBy(() -> images().fetch(four).block(Duration.ofSeconds(10)))
                .withMessageContaining("at most 3 images");
        assertThat(host.targets()).isEmpty();
    }

    @Test
    void fetchesOnlySoMuchTogether() {
        byte[] large = new byte[900];
        System.arraycopy(FakeImageHost.PNG, 0, large, 0, FakeImageHost.PNG.length);
        host.has("image/png", large);
        List<RemoteImage> three = IntStream.range(0, 3)
                .mapToObj(i -> imageAt("http://" + host.authority() + "/" + i))
                .toList();

        assertThatExceptionOfType(RequestRefused.class)
                .isThrownBy(() -> images().fetch(three).block(Duration.ofSeconds(10)))
                .withMessageContaining("2000 bytes together");
    }

    /** Netty's client names whole addresses at debug level, which the configuration does not let it reach. */
    @Test
    void keepsAddressesOutOfTheLogs() {
        host.fails(500);

        try (var log = CapturedLog.ofAnybody()) {
            CONNECTING.setLevel(Level.valueOf(configured("logging.level." + CONNECTING.getName())));
            assertThatIsRefused("http://{host}/a.png?signature=confidential", "HTTP status 500");

            assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains("confidential"));
        } finally {
            CONNECTING.setLevel(null);
        }
    }

    private static String configured(String property) {
        var found = new AtomicReference<>("");
        new ApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .run(context -> found.set(context.getEnvironment().getRequiredProperty(property)));
        return Objects.requireNonNull(found.get());
    }

    private void assertThatIsRefused(String url, String sentence) {
        String filled = url.replace("{host}", host.authority()).replace("{port}", "" + host.port());
        assertThatExceptionOfType(RequestRefused.class)
                .isThrownBy(() -> fetch(filled))
                .withMessageStartingWith("field ")
                .withMessageContaining(sentence)
                .withMessageNotContainingAny("confidential", "127.0.0.1");
        assertThat(placed).isEmpty();
    }

    private void fetch(String url) {
        images().fetch(List.of(imageAt(url))).block(Duration.ofSeconds(10));
    }

    private RemoteImages images() {
        return imagesOf("http://" + host.authority(), List.of(), "");
    }

    private RemoteImage imageAt(String url) {
        return new RemoteImage(url, "field", placed::add);
    }

    private RemoteImages imagesOf(String allowed, List<String> answers, String asIfPublic) {
        return new RemoteImages(door(allowed, answers, asIfPublic), client, LIMITS);
    }

    /** Each answer of the lookup is given once, and none of this machine's addresses counts as public but the one named. */
    private ImageDoor door(String allowed, List<String> answers, String asIfPublic) {
        var left = new ArrayList<>(answers);
        HostLookup lookup = name -> Mono.fromCallable(() -> {
            lookups.add(name);
            return addresses(left.remove(0));
        });
        return new ImageDoor(
                new ImagesProperties(allowed).hosts(),
                lookup,
                address -> address.getHostAddress().equals(asIfPublic));
    }

    private static List<InetAddress> addresses(String list) throws IOException {
        var addresses = new ArrayList<InetAddress>();
        for (String literal : list.split(" ", -1)) {
            addresses.add(InetAddress.getByName(literal));
        }
        return addresses;
    }
}
