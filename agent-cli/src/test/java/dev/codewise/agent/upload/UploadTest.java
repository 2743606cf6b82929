package dev.codewise.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.agent.FakeProxy;
import dev.codewise.agent.Uplinks;
import dev.codewise.protocol.RunMessage;
import dev.codewise.protocol.RunMessage.Complete;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How messages reach a proxy of level 0; the other is another test's. */
class UploadTest {

    private static final RunMessage LAST = new Complete("req_1", null, null, null, null, null, null);
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private FakeProxy proxy;
    private final CountDownLatch refused = new CountDownLatch(1);

    @BeforeEach
    void startProxy() throws IOException {
        proxy = FakeProxy.start();
    }

    @AfterEach
    void stopProxy() {
        proxy.close();
    }

    @Test
    void sendsTheFirstPieceAtOnceAndWhatComesMeanwhileTogether() {
        proxy.stallsPosts();
        var upload = started(SILENCE);

        upload.text("1");
        await().until(() -> proxy.mostPostsAtOnce() == 1);
        upload.text("2");
        upload.text("3");
        proxy.answersAgain();

        assertThat(upload.finish(LAST)).isEqualTo(Delivery.DELIVERED);
        assertThat(proxy.posts())
                .extracting(post -> post.path("content").asString("-"))
                .containsExactly("1", "23", "-");
        assertThat(refused.getCount()).isEqualTo(1);
    }

    @Test
    void waitsForEachAnswerBeforeTheNextMessage() {
        var upload = started(SILENCE);

        for (var piece = 0; piece < 200; piece++) {
            upload.text(piece + ",");
        }
        upload.finish(LAST);

        assertThat(proxy.mostPostsAtOnce()).isEqualTo(1);
        assertThat(proxy.text("req_1")).startsWith("0,1,2,").endsWith("198,199,");
    }

    @Test
    void saysWhoItIs() {
        started(SILENCE).finish(LAST);

        assertThat(proxy.postHeaders().get(0))
                .containsEntry("Authorization", List.of("Bearer a-secret-of-tests"))
                .containsEntry("X-agent-id", List.of("laptop-1"))
                .containsEntry("Content-type", List.of("application/json"));
    }

    @ParameterizedTest
    @CsvSource({"429", "503", "502", "504", "0"})
    void repeatsWhatTheProxyCouldNotTake(int status) {
        proxy.answersPosts(status, status);
        var upload = started(SILENCE);

        upload.text("Hello");

        assertThat(upload.finish(LAST)).isEqualTo(Delivery.DELIVERED);
        assertThat(proxy.text("req_1")).isEqualTo("Hello");
    }

    @Test
    void waitsALittleWhereTheProxyWantsNoWait() {
        proxy.answersPosts(429, 429);
        var upload = started(SILENCE);
        var asked = System.nanoTime();

        assertThat(upload.finish(LAST)).isEqualTo(Delivery.DELIVERED);
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThan(Duration.ofMillis(390));
    }

    @ParameterizedTest
    @CsvSource({"404, UNWANTED", "410, UNWANTED", "401, UNAUTHORIZED", "400, NOT_UNDERSTOOD", "415, NOT_UNDERSTOOD"})
    void tellsTheRunAtOnceThatNobodyWantsIt(int status, Delivery delivery) throws Exception {
        proxy.answersPosts(200, status);
        var upload = started(SILENCE);

        upload.text("1");
        proxy.awaitPosts(1);
        upload.text("2");

        refused.await();
        upload.text("3");
        assertThat(upload.finish(LAST)).isEqualTo(delivery);
        assertThat(proxy.text("req_1")).isEqualTo("1");
    }

    @Test
    void saysThatTheAnswerIsTooLong() throws Exception {
        proxy.answersPosts(413);
        var upload = started(SILENCE);

        upload.text("much");

        refused.await();
        assertThat(upload.finish(LAST)).isEqualTo(Delivery.TOO_LARGE);
        assertThat(proxy.awaitEnd("req_1").at("/error/message").asString("")).contains("longer than the proxy takes");
    }

    @Test
    void givesUpAProxyThatStaysAwayForAsLongAsTheRequestMayBeSilent() throws Exception {
        proxy.close();
        var upload = started(Duration.ofMillis(300));

        upload.text("Hello");

        refused.await();
        assertThat(upload.finish(LAST)).isEqualTo(Delivery.UNREACHABLE);
    }

    @Test
    void showsThatARunGoesOnWhileThereIsNothingToSend() {
        var upload = started(Duration.ofMillis(40));

        await().until(() -> {
            upload.alive();
            return !proxy.posts().isEmpty();
        });

        assertThat(proxy.posts().get(0).path("content").asString("-")).isEmpty();
        upload.abandon();
    }

    @Test
    void showsNoSignOfLifeWhileThereIsNoNeed() {
        var upload = started(SILENCE);

        upload.alive();
        upload.finish(LAST);

        assertThat(proxy.posts()).hasSize(1);
    }

    @Test
    void endsWhenItIsAbandoned() {
        proxy.stallsPosts();
        var upload = started(SILENCE);
        upload.text("Hello");

        upload.abandon();

        assertThat(upload.finish(LAST)).isEqualTo(Delivery.ABANDONED);
    }

    /** Such as a class that cannot be loaded; it costs this one run, and no thread and no slot for ever. */
    @Test
    void endsTheRunAlsoWhereItBreaksItself() {
        var usual = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, expected) -> {});
        try {
            var upload = brokenUplink().upload("req_1", SILENCE, refused::countDown);
            upload.start();

            assertThat(upload.finish(LAST)).isEqualTo(Delivery.ABANDONED);
            assertThat(refused.getCount()).isZero();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(usual);
        }
    }

    private Uplink brokenUplink() {
        var http = HttpClient.newBuilder()
                .executor(task -> {
                    throw new NoClassDefFoundError("a class of the test");
                })
                .build();
        return new Uplink(Uplinks.poster(http, proxy));
    }

    private Upload started(Duration silence) {
        var upload = Uplinks.to(proxy).upload("req_1", silence, refused::countDown);
        upload.start();
        return upload;
    }
}
