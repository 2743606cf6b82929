package dev.codewise.proxy.agent.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.protocol.Protocol;
import dev.codewise.proxy.agent.ingest.AgentRefusal.Kind;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Every limit of what agents post: one below it, at it, and one beyond. */
class LimitsTest {

    private final PostReader reader = new PostReader();

    @Test
    void aMessageHasAMebibyte() {
        int frame = withField(0).length();

        assertThat(refusalOfPost(withField(Protocol.MAX_MESSAGE_BYTES - frame - 1)))
                .isNull();
        assertThat(refusalOfPost(withField(Protocol.MAX_MESSAGE_BYTES - frame))).isNull();
        assertThat(refusalOfPost(withField(Protocol.MAX_MESSAGE_BYTES - frame + 1)))
                .isEqualTo(Kind.TOO_LARGE);
    }

    @Test
    void aLineOfAStreamHasAMebibyte() {
        int frame = withField(0).length();

        assertThat(refusalOfLine(withField(Protocol.MAX_MESSAGE_BYTES - frame - 1)))
                .isNull();
        assertThat(refusalOfLine(withField(Protocol.MAX_MESSAGE_BYTES - frame))).isNull();
        assertThat(refusalOfLine(withField(Protocol.MAX_MESSAGE_BYTES - frame + 1)))
                .isEqualTo(Kind.TOO_LARGE);
    }

    /** A field that nobody knows makes a message longer and brings nothing. */
    private static String withField(int length) {
        return "{\"type\":\"complete\",\"requestId\":\"a\",\"later\":\"" + "x".repeat(length) + "\"}";
    }

    @Test
    void aBatchHas256Messages() {
        assertThat(refusalOfPost(batchOf(255))).isNull();
        assertThat(refusalOfPost(batchOf(256))).isNull();
        assertThat(refusalOfPost(batchOf(257))).isEqualTo(Kind.TOO_LARGE);
    }

    private static String batchOf(int messages) {
        return LongStream.rangeClosed(1, messages)
                .mapToObj(seq -> "{\"type\":\"chunk\",\"requestId\":\"a\",\"seq\":" + seq + ",\"content\":\"x\"}")
                .collect(Collectors.joining(",", "{\"messages\":[", "]}"));
    }

    @Test
    void aChunkBrings262144Characters() {
        assertThat(refusalOfPost(chunkOf(Protocol.MAX_CHUNK_CHARS - 1))).isNull();
        assertThat(refusalOfPost(chunkOf(Protocol.MAX_CHUNK_CHARS))).isNull();
        assertThat(refusalOfPost(chunkOf(Protocol.MAX_CHUNK_CHARS + 1))).isEqualTo(Kind.TOO_LARGE);
    }

    private static String chunkOf(int characters) {
        return "{\"type\":\"chunk\",\"requestId\":\"a\",\"content\":\"" + "x".repeat(characters) + "\"}";
    }

    @Test
    void anAgentHas1024Runs() {
        assertThat(refusalOfPost(resumeOf(1023))).isNull();
        assertThat(refusalOfPost(resumeOf(1024))).isNull();
        assertThat(refusalOfPost(resumeOf(1025))).isEqualTo(Kind.TOO_LARGE);
    }

    private static String resumeOf(int runs) {
        return IntStream.range(0, runs)
                .mapToObj(i -> "{\"requestId\":\"r" + i + "\",\"nextSeq\":1}")
                .collect(Collectors.joining(",", "{\"type\":\"resume\",\"running\":[", "]}"));
    }

    @Test
    void jsonIs64LevelsDeep() {
        assertThat(refusalOfPost(nested(63))).isNull();
        assertThat(refusalOfPost(nested(64))).isNull();
        assertThat(refusalOfPost(nested(65))).isEqualTo(Kind.BAD_MESSAGE);
    }

    private static String nested(int levels) {
        return "{\"type\":\"draining\",\"later\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
    }

    @Test
    void aNumberHas64Digits() {
        assertThat(refusalOfPost(numberOf(63))).isNull();
        assertThat(refusalOfPost(numberOf(64))).isNull();
        assertThat(refusalOfPost(numberOf(65))).isEqualTo(Kind.BAD_MESSAGE);
    }

    private static String numberOf(int digits) {
        return "{\"type\":\"draining\",\"later\":" + "9".repeat(digits) + "}";
    }

    @Test
    void aNameHas256Characters() {
        assertThat(refusalOfPost(named(255))).isNull();
        assertThat(refusalOfPost(named(256))).isNull();
        assertThat(refusalOfPost(named(257))).isEqualTo(Kind.BAD_MESSAGE);
    }

    private static String named(int characters) {
        return "{\"type\":\"draining\",\"" + "x".repeat(characters) + "\":1}";
    }

    private @Nullable Kind refusalOfPost(String body) {
        return refusalOf(reader.read(request(body)));
    }

    private @Nullable Kind refusalOfLine(String line) {
        return refusalOf(reader.readLines("a", request(line + "\n")).then());
    }

    private static @Nullable Kind refusalOf(Mono<?> reading) {
        return reading.<Kind>then(Mono.empty())
                .onErrorResume(AgentRefusal.class, refusal -> Mono.just(refusal.kind()))
                .block();
    }

    private static MockServerHttpRequest request(String body) {
        var bytes = DefaultDataBufferFactory.sharedInstance.wrap(body.getBytes(StandardCharsets.UTF_8));
        return MockServerHttpRequest.method(HttpMethod.POST, Protocol.RESPONSE_PATH)
                .body(Flux.just(bytes));
    }
}
