package dev.codewise.proxy.agent.ingest;

import dev.codewise.protocol.Protocol;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/** Cuts what comes over the wire into lines, each no longer than a message may be; empty ones only show that somebody is there. */
final class LineSplitter {

    private static final byte LINE_END = '\n';

    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    /** The lines that end in this buffer, which is released. */
    List<byte[]> lines(DataBuffer buffer) {
        try {
            var lines = new ArrayList<byte[]>();
            for (int end = nextEnd(buffer); end >= 0; end = nextEnd(buffer)) {
                take(buffer, end - buffer.readPosition());
                buffer.readPosition(end + 1);
                addTo(lines);
            }
            take(buffer, buffer.readableByteCount());
            return lines;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    /** The line that nothing ended but the end of it all. */
    List<byte[]> lastLine() {
        var lines = new ArrayList<byte[]>();
        addTo(lines);
        return lines;
    }

    private static int nextEnd(DataBuffer buffer) {
        return buffer.indexOf(b -> b == LINE_END, buffer.readPosition());
    }

    private void take(DataBuffer buffer, int count) {
        if (begun.size() + count > Protocol.MAX_MESSAGE_BYTES) {
            throw WithinLimits.tooLarge();
        }
        byte[] bytes = new byte[count];
        buffer.read(bytes);
        begun.writeBytes(bytes);
    }

    private void addTo(List<byte[]> lines) {
        byte[] line = begun.toByteArray();
        begun.reset();
        if (!isBlank(line)) {
            lines.add(line);
        }
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }
}
