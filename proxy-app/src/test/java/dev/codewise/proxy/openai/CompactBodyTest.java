package dev.codewise.proxy.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class CompactBodyTest {

    private static final int LIMIT = 10;

    private final NettyDataBufferFactory buffers = new NettyDataBufferFactory(PooledByteBufAllocator.DEFAULT);

    @Test
    void comesInOnePieceAndGivesTheCrumbsBack() {
        List<NettyDataBuffer> crumbs = crumbs(LIMIT);

        StepVerifier.create(bodyOf(crumbs))
                .expectNextMatches(body -> body.toString(UTF_8).equals("0123456789"))
                .verifyComplete();

        assertThat(crumbs).noneMatch(NettyDataBuffer::isAllocated);
    }

    @Test
    void isRefusedBeyondTheLimitAndGivesTheCrumbsBack() {
        List<NettyDataBuffer> crumbs = crumbs(LIMIT + 1);

        StepVerifier.create(bodyOf(crumbs)).verifyError(DataBufferLimitException.class);

        assertThat(crumbs).noneMatch(NettyDataBuffer::isAllocated);
    }

    @Test
    void isAbsentWhereThereIsNone() {
        StepVerifier.create(bodyOf(List.of())).verifyComplete();
    }

    /** Read as the framework does, which gives back what it finds thrown away. */
    private static Flux<DataBuffer> bodyOf(List<NettyDataBuffer> crumbs) {
        var request = MockServerHttpRequest.post("/v1/chat/completions").body(Flux.fromIterable(crumbs));
        return new CompactBody(request, LIMIT).getBody().doOnDiscard(DataBuffer.class, DataBufferUtils::release);
    }

    private List<NettyDataBuffer> crumbs(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> (NettyDataBuffer) buffers.allocateBuffer(1).write(Integer.toString(i % 10), UTF_8))
                .toList();
    }
}
