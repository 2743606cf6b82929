package dev.codewise.proxy.openai;

import java.io.ByteArrayOutputStream;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;

/**
 * A request whose body comes in one piece.
 *
 * <p>A sender can cut a body into crumbs of one byte, and to keep those until the last one has come costs hundreds of times the
 * body itself: here each is copied and given back at once.
 */
final class CompactBody extends ServerHttpRequestDecorator {

    private final long largest;

    CompactBody(ServerHttpRequest request, long largest) {
        super(request);
        this.largest = largest;
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return super.getBody()
                .map(CompactBody::copyAndGiveBack)
                .collect(ByteArrayOutputStream::new, this::add)
                .filter(bytes -> bytes.size() > 0)
                .<DataBuffer>map(bytes -> DefaultDataBufferFactory.sharedInstance.wrap(bytes.toByteArray()))
                .flux();
    }

    private static byte[] copyAndGiveBack(DataBuffer crumb) {
        byte[] copy = new byte[crumb.readableByteCount()];
        crumb.read(copy);
        DataBufferUtils.release(crumb);
        return copy;
    }

    private void add(ByteArrayOutputStream bytes, byte[] more) {
        if (bytes.size() + more.length > largest) {
            throw new DataBufferLimitException("more than " + largest + " bytes");
        }
        bytes.writeBytes(more);
    }
}
