package dev.codewise.agent.connection;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The lines of an event stream, which end with LF, CR or both; of a line that is too long only the start is kept. */
final class StreamLines {

    private static final int BUFFER = 16 * 1024;

    private final InputStream in;
    private final int limit;
    private final Runnable heard;
    private final byte[] buffer = new byte[BUFFER];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int from;
    private int to;
    private boolean endsWithCarriageReturn;
    private boolean cut;

    /** Each time bytes arrive, whatever they are, somebody is told. */
    StreamLines(InputStream in, int limit, Runnable heard) {
        this.in = in;
        this.limit = limit;
        this.heard = heard;
    }

    /** The next line; nothing when the stream is over, even in the middle of a line. */
    @Nullable
    String next() throws IOException {
        line.reset();
        cut = false;
        while (from < to || fill()) {
            if (endsHere(buffer[from++])) {
                return line.toString(StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    /** Whether the last line went on beyond the limit. */
    boolean wasCut() {
        return cut;
    }

    private boolean endsHere(byte next) {
        var secondHalfOfAnEnd = endsWithCarriageReturn && next == '\n';
        endsWithCarriageReturn = next == '\r';
        if (secondHalfOfAnEnd) {
            return false;
        }
        if (next == '\n' || next == '\r') {
            return true;
        }
        keep(next);
        return false;
    }

    private void keep(byte next) {
        if (line.size() < limit) {
            line.write(next);
        } else {
            cut = true;
        }
    }

    private boolean fill() throws IOException {
        from = 0;
        to = Math.max(in.read(buffer), 0);
        heard.run();
        return to > 0;
    }
}
