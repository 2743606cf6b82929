package dev.codewise.agent.claude;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Lines of a stream, none of which is held beyond a limit. */
final class BoundedLines {

    private static final int BUFFER = 16 * 1024;

    private final InputStream in;
    private final int limit;
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;

    BoundedLines(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /** The next line without its end; nothing when the stream is over. A last line without an end counts. */
    byte @Nullable [] next() throws IOException {
        var line = new ByteArrayOutputStream();
        while (from < to || fill()) {
            var end = endOfLine();
            append(line, end);
            if (end < to) {
                from = end + 1;
                return line.toByteArray();
            }
            from = to;
        }
        return line.size() == 0 ? null : line.toByteArray();
    }

    private void append(ByteArrayOutputStream line, int end) throws LineTooLongException {
        if (line.size() + end - from > limit) {
            throw new LineTooLongException(limit);
        }
        line.write(buffer, from, end - from);
    }

    private int endOfLine() {
        var at = from;
        while (at < to && buffer[at] != '\n') {
            at++;
        }
        return at;
    }

    private boolean fill() throws IOException {
        from = 0;
        to = Math.max(in.read(buffer), 0);
        return to > 0;
    }

    /** A line went on beyond the limit. */
    static final class LineTooLongException extends IOException {

        LineTooLongException(int limit) {
            super("a line of more than " + limit + " bytes");
        }
    }
}
