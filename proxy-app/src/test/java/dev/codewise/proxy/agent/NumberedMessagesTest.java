package dev.codewise.proxy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.protocol.Protocol;
import dev.codewise.proxy.agent.reply.ReplyChannel;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.completion.Origins;
import dev.codewise.proxy.completion.Provider;
import dev.codewise.proxy.completion.Turn;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Messages with numbers, one by one, in batches and as streams of lines. */
@AgentSlice
class NumberedMessagesTest {

    @LocalServerPort
    private int port;

    @Autowired
    private Provider provider;

    @Autowired
    private AgentDirectory directory;

    @Autowired
    private ReplyChannel replies;

    private URI proxy = URI.create("about:blank");

    @BeforeEach
    void noAgentIsLeftFromBefore() {
        proxy = URI.create("http://127.0.0.1:" + port);
        await().until(() -> directory.connected().isEmpty());
    }

    @Test
    void arriveOnceAndInOrderWhateverIsRepeatedOrLeftOut() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").level1().connectTo(proxy)) {
            var answer = ask("req-n1");
            var run = agent.takes();

            assertThat(run.says(1, "a").nextSeq()).isEqualTo(2);
            assertThat(run.says(1, "a").isDuplicate()).isTrue();
            var gap = run.says(3, "c");
            assertThat(gap.status()).isEqualTo(409);
            assertThat(gap.code()).isEqualTo("gap");
            assertThat(gap.nextSeq()).isEqualTo(2);
            assertThat(run.says(2, "b").nextSeq()).isEqualTo(3);
            assertThat(run.says(3, "c").isDuplicate()).isFalse();
            assertThat(run.says(1, "again").nextSeq()).isEqualTo(4);
            assertThat(run.finishes(4).status()).isEqualTo(200);

            assertThat(textOf(answer)).isEqualTo("abc");
        }
    }

    @Test
    @DisplayName("M29: after the end, its repeat is known for one and everything else is refused")
    void knowTheirEnd() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").level1().connectTo(proxy)) {
            var answer = ask("req-n2");
            var run = agent.takes();
            run.says(1, "a");
            run.finishes(2);
            assertThat(textOf(answer)).isEqualTo("a");

            var repeat = run.finishes(2);
            assertThat(repeat.status()).isEqualTo(200);
            assertThat(repeat.isDuplicate()).isTrue();
            assertThat(run.finishes(3).status()).isEqualTo(410);
            assertThat(run.says(3, "late").code()).isEqualTo("over");
            assertThat(run.says(1, "a").status()).isEqualTo(410);
            assertThat(run.says("late and without a number")).isEqualTo(410);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "9223372036854775808", "1.5", "1.0", "\"1\"", "true", "[1]", "1e3", "{\"n\":1}"})
    @DisplayName("M30: a number that is none is refused, and changes nothing")
    void mustBeWholeNumbersFromOneOn(String seq) throws Exception {
        try (var agent = FakeAgent.named("laptop-1").level1().connectTo(proxy)) {
            var answer = ask("req-n3");
            var run = agent.takes();

            var refused = agent.tells(
                    "{\"type\":\"chunk\",\"requestId\":\"" + run.id() + "\",\"content\":\"x\",\"seq\":" + seq + "}");

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("bad_message");
            assertThat(run.probes().nextSeq()).isEqualTo(1);
            run.finishes(1);
            assertThat(textOf(answer)).isEmpty();
        }
    }

    @Test
    void areNotMixedWithThoseThatHaveNone() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").level1().connectTo(proxy)) {
            var numbered = ask("req-n4");
            var run = agent.takes();
            run.says(1, "a");
            assertThat(run.says("b")).isEqualTo(400);
            run.finishes(2);
            assertThat(textOf(numbered)).isEqualTo("a");

            var plain = ask("req-n5");
            var other = agent.takes();
            other.says("a");
            assertThat(other.says(1, "b").status()).isEqualTo(400);
            other.finishes();
            assertThat(textOf(plain)).isEqualTo("a");
        }
    }

    @Test
    @DisplayName("M27: another agent's message is refused, and nothing of it reaches the client")
    void comeFromTheAgentOfTheRequestOnly() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").level1().connectTo(proxy);
                var other = FakeAgent.named("laptop-2").level1().slots(1).connectTo(proxy)) {
            var answer = ask("req-n6");
            await().until(() -> agent.hasUnreadRequest() || other.hasUnreadRequest());
            var stranger = agent.hasUnreadRequest() ? other : agent;
            var run = agent.hasUnreadRequest() ? agent.takes() : other.takes();

            assertThat(run.goingOn(stranger).says(1, "x").status()).isEqualTo(404);
            assertThat(run.goingOn(stranger).probes().status()).isEqualTo(404);
            run.says(1, "mine");
            run.finishes(2);

            assertThat(textOf(answer)).isEqualTo("mine");
        }
    }

    @Test
    @DisplayName("M28: guessed requests are unknown")
    void areNotForRequestsThatSomebodyGuessed() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").level1().connectTo(proxy)) {
            for (int i = 0; i < 100; i++) {
                var answer = agent.tells(
                        "{\"type\":\"chunk\",\"requestId\":\"req_guessed1_" + i + "\",\"seq\":1,\"content\":\"x\"}");

                assertThat(answer.status()).isEqualTo(404);
            }
        }
    }

    @Test
    @DisplayName("M32: an answer may be of empty pieces, or of none")
    void mayBringNothingAtAll() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").level1().connectTo(proxy)) {
            var empty = ask("req-n7");
            var run = agent.takes();
            run.says(1, "");
            run.says(2, "");
            run.finishes(3);
            assertThat(textOf(empty)).isEmpty();

            var none = ask("req-n8");
            agent.takes().finishes(1);
            assertThat(none.get()).anySatisfy(event -> assertThat(event).isInstanceOf(Finished.class));
        }
    }

    @Test
    @DisplayName("M33: an answer over its limit ends there, and its agent is told to stop")
    void endWhereTheAnswerIsAsLongAsItMayBe() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").level1().connectTo(proxy)) {
            var answer = ask("req-n9");
            var run = agent.takes();
            String longest = "x".repeat(Protocol.MAX_CHUNK_CHARS);
            int full = Protocol.MAX_OUTPUT_BYTES / Protocol.MAX_CHUNK_CHARS;

            for (int seq = 1; seq <= full; seq++) {
                assertThat(run.says(seq, longest).status()).isEqualTo(200);
            }
            assertThat(run.says(full + 1, "x").status()).isEqualTo(413);

            assertThat(agent.awaitEvent("cancel").data().get("reason").asString())
                    .isEqualTo("output_limit");
            assertThat(answer.get()).last().isEqualTo(new Finished(FinishReason.LENGTH, null, null, null));
            assertThat(run.says(full + 1, "x").status()).isEqualTo(410);
        }
    }

    @Test
    @DisplayName("M39: fifty requests at once, answered backwards, get each its own answer")
    void findTheirOwnRequestAmongMany() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").level1().connectTo(proxy)) {
            var answers =
                    IntStream.range(0, 50).mapToObj(i -> ask("req-many-" + i)).toList();
            var runs = new ArrayList<FakeAgent.FakeRun>();
            for (int i = 0; i < 50; i++) {
                runs.add(0, agent.takes());
            }

            for (var run : runs) {
                run.tellsAtOnce(run.chunk(1, "for " + run.id()), run.complete(2));
            }

            for (int i = 0; i < 50; i++) {
                assertThat(textOf(answers.get(i))).isEqualTo("for req-many-" + i);
            }
            assertThat(replies.open()).isZero();
        }
    }

    @Test
    @DisplayName("M36: an agent that posts too fast is told to wait")
    void mayNotComeTooFast() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").level1().connectTo(proxy);
                var other = FakeAgent.named("laptop-2").level1().connectTo(proxy)) {
            String chunk = "{\"type\":\"chunk\",\"requestId\":\"nope\",\"seq\":1,\"content\":\"x\"}";
            String batch = "{\"messages\":["
                    + IntStream.range(0, 256).mapToObj(i -> chunk).collect(Collectors.joining(",")) + "]}";

            var answers = IntStream.range(0, 16)
                    .mapToObj(i -> answer(agent, batch))
                    .collect(Collectors.groupingBy(HttpResponse::statusCode));

            assertThat(answers).containsOnlyKeys(404, 429);
            assertThat(answers.get(429))
                    .allSatisfy(refused -> assertThat(refused.headers().firstValue("retry-after"))
                            .contains("1"));
            assertThat(answer(other, batch).statusCode())
                    .as("another agent's messages")
                    .isEqualTo(404);
        }
    }

    private static HttpResponse<String> answer(FakeAgent agent, String body) {
        try {
            return agent.posts(body);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void inABatchAreAcceptedAsFarAsTheyAreNew() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").level1().connectTo(proxy)) {
            var answer = ask("req-b1");
            var run = agent.takes();

            assertThat(run.tellsAtOnce(run.chunk(1, "a"), run.chunk(2, "b")).nextSeq())
                    .isEqualTo(3);
            assertThat(run.tellsAtOnce(run.chunk(1, "a"), run.chunk(2, "b")).isDuplicate())
                    .isTrue();
            var overlapping = run.tellsAtOnce(run.chunk(2, "b"), run.chunk(3, "c"));
            assertThat(overlapping.nextSeq()).isEqualTo(4);
            assertThat(overlapping.isDuplicate()).isFalse();
            var torn = run.tellsAtOnce(run.chunk(4, "d"), run.chunk(6, "f"));
            assertThat(torn.status()).isEqualTo(409);
            assertThat(torn.nextSeq()).isEqualTo(5);
            run.tellsAtOnce(run.chunk(5, "e"), run.complete(6));

            assertThat(textOf(answer)).isEqualTo("abcde");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"messages":[]}                                                           | 400
            {"messages":null}                                                         | 400
            {"messages":{}}                                                           | 400
            {"messages":[null]}                                                       | 400
            {"messages":[{"type":"heartbeat"}]}                                       | 400
            {"messages":[{"type":"probe","requestId":"a"}]}                           | 400
            {"messages":[{"type":"complete","requestId":"a"}],"messages":[]}          | 400
            {"messages":[{"type":"complete","requestId":"a","requestId":"b"}]}        | 400
            {"messages":[{"type":"complete","requestId":"a"},{"type":"complete","requestId":"b"}]} | 400
            {"later":[1,{"x":2}],"messages":[{"type":"complete","requestId":"nope","seq":1}]} | 404
            {"type":"chunk","requestId":5,"content":"x"}                              | 400
            {"type":"chunk","requestId":"nope","content":5}                           | 400
            {"type":"heartbeat","later":true}                                         | 200
            {"type":"resume","running":[]}                                            | 200
            {"type":"resume","running":[{"requestId":"nope","nextSeq":"1"}]}          | 400
            """)
    void areRefusedInAnyOtherShape(String body, int status) throws Exception {
        try (var agent = FakeAgent.named("laptop-1").level1().connectTo(proxy)) {
            assertThat(agent.posts(body).statusCode()).isEqualTo(status);
        }
    }

    @Test
    void areRefusedWhereTheyAreTooManyInOneBatch() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").level1().connectTo(proxy)) {
            var answer = ask("req-b2");
            var run = agent.takes();
            String[] tooMany = IntStream.rangeClosed(1, 257)
                    .mapToObj(i -> run.chunk(i, "x"))
                    .toArray(String[]::new);

            assertThat(run.tellsAtOnce(tooMany).status()).isEqualTo(413);
            assertThat(run.tellsAtOnce(Arrays.copyOf(tooMany, 256)).nextSeq()).isEqualTo(257);
            run.finishes(257);

            assertThat(textOf(answer)).hasSize(256);
        }
    }

    @Test
    void areRefusedInAnyEncodingButUtf8() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").level1().connectTo(proxy)) {
            var answer = ask("req-u1");
            var run = agent.takes();
            byte[] torn = run.chunk(1, "naïve").getBytes(StandardCharsets.ISO_8859_1);

            try (var upload = agent.streams(run.id())) {
                assertThat(upload.bytes(torn).bytes(new byte[] {'\n'}).answer()).startsWith("HTTP/1.1 400");
            }
            run.finishes(1);

            assertThat(textOf(answer)).isEmpty();
        }
    }

    @Test
    void inAStreamArriveWhileItIsStillOpen() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").level1().connectTo(proxy)) {
            var answer = ask("req-s1");
            var run = agent.takes();

            try (var upload = agent.streams(run.id())) {
                upload.line(run.chunk(1, "Hel")).line("").line("  ");
                await().until(() -> run.probes().nextSeq() == 2);
                upload.line(run.chunk(2, "lo 🙂")).line(run.complete(3));

                assertThat(upload.answer()).startsWith("HTTP/1.1 200").contains("\"nextSeq\":4");
            }

            assertThat(textOf(answer)).isEqualTo("Hello 🙂");
        }
    }

    @Test
    @DisplayName("M20: a stream that breaks anywhere goes on from where it was, byte for byte")
    void inAStreamGoOnWhereItBroke() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").level1().connectTo(proxy)) {
            var answer = ask("req-s2");
            var run = agent.takes();
            String text = "Zeile 1\nnaïve 漢字 🙂 \"quoted\" ";
            byte[] lines = IntStream.rangeClosed(1, 4)
                    .mapToObj(seq -> run.chunk(seq, text) + "\n")
                    .collect(Collectors.joining())
                    .getBytes(StandardCharsets.UTF_8);

            for (int cut = 1; cut < lines.length; cut++) {
                try (var upload = agent.streams(run.id())) {
                    upload.bytes(Arrays.copyOf(lines, cut)).breaks();
                }
            }
            long next = run.probes().nextSeq();
            try (var upload = agent.streams(run.id())) {
                for (long seq = next; seq <= 4; seq++) {
                    upload.line(run.chunk(seq, text));
                }
                assertThat(upload.line(run.complete(5)).answer()).startsWith("HTTP/1.1 200");
            }

            assertThat(textOf(answer)).isEqualTo(text.repeat(4));
        }
    }

    @Test
    void inAStreamAreAnsweredEarlyWhereTheyAreRefused() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").level1().connectTo(proxy)) {
            var answer = ask("req-s3");
            var run = agent.takes();

            try (var upload = agent.streams(run.id())) {
                assertThat(upload.line(run.chunk(2, "gap")).answer())
                        .startsWith("HTTP/1.1 409")
                        .contains("\"nextSeq\":1");
            }
            try (var upload = agent.streams("another")) {
                assertThat(upload.line(run.chunk(1, "x")).answer()).startsWith("HTTP/1.1 400");
            }
            try (var upload = agent.streams(run.id())) {
                byte[] endless = "x".repeat(Protocol.MAX_MESSAGE_BYTES + 1).getBytes(StandardCharsets.UTF_8);
                assertThat(upload.bytes(endless).answer()).startsWith("HTTP/1.1 413");
            }
            try (var upload = agent.streams(run.id())) {
                assertThat(upload.line(run.chunk(1, "x")).end().answer())
                        .startsWith("HTTP/1.1 200")
                        .contains("\"nextSeq\":2");
            }
            run.finishes(2);

            assertThat(textOf(answer)).isEqualTo("x");
        }
    }

    private CompletableFuture<List<CompletionEvent>> ask(String id) {
        return provider.complete(new CompletionRequest(Origins.origin(id), "sonnet", null, List.of(Turn.user("Hi"))))
                .collectList()
                .toFuture();
    }

    private static String textOf(CompletableFuture<List<CompletionEvent>> answer) throws Exception {
        return answer.get().stream()
                .filter(Text.class::isInstance)
                .map(event -> ((Text) event).text())
                .collect(Collectors.joining());
    }
}
