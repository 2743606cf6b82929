package dev.codewise.proxy.agent;

import dev.codewise.protocol.ProxyEvent;
import java.io.OutputStream;
import tools.jackson.databind.json.JsonMapper;

/** How many bytes an event has on its way, counted and not kept. */
final class EventSize extends OutputStream {

    private static final JsonMapper JSON = JsonMapper.shared();

    private long bytes;

    private EventSize() {}

    static long of(ProxyEvent event) {
        var size = new EventSize();
        JSON.writeValue(size, event);
        return size.bytes;
    }

    @Override
    public void write(int single) {
        bytes++;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        bytes += length;
    }
}
