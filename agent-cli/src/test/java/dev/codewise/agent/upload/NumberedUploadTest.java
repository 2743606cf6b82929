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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** How messages reach a proxy of level 1. */
class NumberedUploadTest {

    private static final RunMessage LAST = new Complete("req_1", null, null, null, null, null, null);
    private static final Duration LONGEST_POST = Duration.ofMillis(250);
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private FakeProxy proxy;
    private Uplink uplink;
    private final CountDownLatch refused = new CountDownLatch(1);

    @BeforeEach
    void startProxy() throws IOException {
        proxy = FakeProxy.start().speaksLevel1(Duration.ofSeconds(15), Duration.ofSeconds(30));
        uplink = new Uplink(Uplinks.poster(HttpClient.newHttpClient(), proxy), LONGEST_POST);
        uplink.connected(Uplinks.greeting(Duration.ofSeconds(15), Duration.ofMillis(300)));
    }

    @AfterEach
    void stopProxy() {
        proxy.close();
    }

    @Test
    void streamsNumberedLinesInOnePost() {
        var upload = started();

        upload.text("Hel");
        proxy.awaitText("req_1", "Hel");
        upload.text("lo");
        proxy.awaitText("req_1", "Hello");

        assertThat(upload.finish(LAST)).isEqualTo(Delivery.DELIVERED);
        assertThat(seqs()).containsExactly(1L, 2L, 3L);
        assertThat(proxy.postHeaders()).hasSize(1);
        assertThat(proxy.postHeaders().get(0))
                .containsEntry("X-codewise-protocol", List.of("1"))
                .containsEntry("X-agent-instance", List.of(Uplinks.INSTANCE))
                .containsEntry("X-codewise-request-id", List.of("req_1"))
                .containsEntry("Content-type", List.of("application/x-ndjson"));
        assertThat(refused.getCount()).isEqualTo(1);
    }

    @Test
    void gathersWhatComesCloselyTogether() {
        var upload = started();

        IntStream.range(0, 500).forEach(piece -> upload.text(piece + ","));
        upload.finish(LAST);

        assertThat(proxy.text("req_1")).startsWith("0,1,2,").endsWith("498,499,");
        assertThat(proxy.posts()).hasSizeLessThan(50);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void losesAndDoublesNothingWhereUploadsBreak(int lines) {
        proxy.cutsUploadsAfter(lines, lines);
        var upload = started();

        for (var piece = 0; piece < 6; piece++) {
            upload.text(piece + ",");
            await().pollInterval(Duration.ofMillis(5))
                    .pollDelay(Duration.ofMillis(30))
                    .until(() -> true);
        }

        assertThat(upload.finish(LAST)).isEqualTo(Delivery.DELIVERED);
        assertThat(proxy.text("req_1")).isEqualTo("0,1,2,3,4,5,");
        assertThat(seqs())
                .isEqualTo(IntStream.rangeClosed(1, seqs().size())
                        .mapToObj(Long::valueOf)
                        .toList());
        assertThat(proxy.ofAgent("probe")).isNotEmpty();
    }

    @Test
    void beginsAnotherPostBeforeMuchIsUnderWay() {
        var text = "x".repeat(700_000);
        var upload = started();

        upload.text(text);

        assertThat(upload.finish(LAST)).isEqualTo(Delivery.DELIVERED);
        assertThat(proxy.text("req_1")).isEqualTo(text);
        assertThat(proxy.postHeaders()).hasSizeBetween(3, 6);
    }

    /** Not on a thread of the pool that Java's HTTP client completes its answers with, of which a small machine has one. */
    @Test
    void holdsClaudeBackWhileTheProxyTakesNothing() {
        proxy.stallsPosts();
        var upload = started();

        var writing = CompletableFuture.runAsync(
                () -> IntStream.range(0, 30).forEach(i -> upload.text("x".repeat(100_000))),
                each -> new Thread(each).start());

        assertThat(writing).failsWithin(300, TimeUnit.MILLISECONDS);
        proxy.answersAgain();
        assertThat(writing).succeedsWithin(Duration.ofSeconds(10));
        assertThat(upload.finish(LAST)).isEqualTo(Delivery.DELIVERED);
        assertThat(proxy.text("req_1")).hasSize(3_000_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503, 502, 504, 408, 0})
    void repeatsWhatTheProxyCouldNotTake(int status) {
        proxy.answersPosts(status);
        var upload = started();

        upload.text("Hello");

        assertThat(upload.finish(LAST)).isEqualTo(Delivery.DELIVERED);
        assertThat(proxy.text("req_1")).isEqualTo("Hello");
    }

    @ParameterizedTest
    @CsvSource({"404, UNWANTED", "410, UNWANTED", "401, UNAUTHORIZED", "400, NOT_UNDERSTOOD", "415, NOT_UNDERSTOOD"})
    void tellsTheRunThatNobodyWantsIt(int status, Delivery delivery) throws Exception {
        proxy.answersPosts(status);
        var upload = started();

        upload.text("1");

        assertThat(refused.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(upload.finish(LAST)).isEqualTo(delivery);
    }

    @Test
    void givesUpARunThatTheProxyHasForgotten() throws Exception {
        var upload = started();
        upload.text("1");
        proxy.awaitText("req_1", "1");

        proxy.forgets();
        upload.text("2");

        assertThat(refused.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(upload.finish(LAST)).isEqualTo(Delivery.UNWANTED);
    }

    @Test
    void saysThatTheAnswerIsTooLong() throws Exception {
        proxy.answersPosts(413);
        var upload = started();

        upload.text("much");

        assertThat(refused.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(upload.finish(LAST)).isEqualTo(Delivery.TOO_LARGE);
        assertThat(proxy.awaitEnd("req_1").at("/error/message").asString("")).contains("longer than the proxy takes");
        assertThat(seqs()).containsExactly(1L);
    }

    @Test
    void findsOutThatTheProxyIsGoneThoughThereIsNothingToSend() throws Exception {
        var upload = started();
        proxy.close();

        uplink.disconnected();
        upload.check();

        assertThat(refused.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(upload.finish(LAST)).isEqualTo(Delivery.UNREACHABLE);
    }

    @Test
    void goesOnWithoutAStreamAsLongAsThePostsArrive() {
        var upload = started();
        upload.text("1");
        proxy.awaitText("req_1", "1");

        uplink.disconnected();
        upload.check();
        await().until(() -> !proxy.ofAgent("probe").isEmpty());
        upload.text("2");

        assertThat(upload.finish(LAST)).isEqualTo(Delivery.DELIVERED);
        assertThat(proxy.text("req_1")).isEqualTo("12");
    }

    private List<Long> seqs() {
        return proxy.posts().stream().map(NumberedUploadTest::seq).toList();
    }

    private static long seq(JsonNode message) {
        return message.path("seq").asLong();
    }

    private Upload started() {
        var upload = uplink.upload("req_1", SILENCE, refused::countDown);
        upload.start();
        return upload;
    }
}
