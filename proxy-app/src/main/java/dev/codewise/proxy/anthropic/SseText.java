package dev.codewise.proxy.anthropic;

import java.nio.charset.StandardCharsets;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;

/** Events of a stream as bytes for the wire. */
final class SseText {

    private SseText() {}

    static DataBuffer buffer(String events, ServerHttpResponse response) {
        return response.bufferFactory().wrap(events.getBytes(StandardCharsets.UTF_8));
    }
}
