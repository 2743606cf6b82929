package dev.codewise.proxy.claude;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ends an answer with an event that is larger than any should be, before anything collects it. The decoders have a limit of their
 * own, but with it they release some of the buffers of such an event twice.
 */
final class EventLimit {

    private final int most;
    private int size;

    private EventLimit(int most) {
        this.most = most;
    }

    static ExchangeFilterFunction of(int most) {
        return ExchangeFilterFunction.ofResponseProcessor(response -> Mono.just(limited(response, most)));
    }

    private static ClientResponse limited(ClientResponse response, int most) {
        return response.mutate()
                .body(body -> Flux.defer(() -> body.map(new EventLimit(most)::checked)))
                .build();
    }

    private DataBuffer checked(DataBuffer buffer) {
        int end = endOfLastEvent(buffer);
        size = end < 0 ? size + buffer.readableByteCount() : buffer.writePosition() - end;
        if (size > most) {
            DataBufferUtils.release(buffer);
            throw new DataBufferLimitException("An event is larger than " + most + " bytes");
        }
        return buffer;
    }

    /** Looked for from the end, where it is most of the time. */
    private int endOfLastEvent(DataBuffer buffer) {
        boolean after = false;
        for (int i = buffer.writePosition() - 1; i >= buffer.readPosition(); i--) {
            byte each = buffer.getByte(i);
            if (each == '\n' && after) {
                return i;
            }
            after = each == '\n' || (after && each == '\r');
        }
        return -1;
    }
}
