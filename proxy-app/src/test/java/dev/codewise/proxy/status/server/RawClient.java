package dev.codewise.proxy.status.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client that sends bytes as it likes. */
public final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;

    private RawClient(Socket socket) {
        this.socket = socket;
    }

    public static RawClient connectedTo(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        return new RawClient(socket);
    }

    public RawClient sends(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Sends a piece again and again, with pauses in which it listens, and gives the first line that it hears. */
    String sendsUntilAnswered(String piece, Duration pause) throws IOException {
        socket.setSoTimeout((int) pause.toMillis());
        for (long pieces = PATIENCE_MILLIS / pause.toMillis(); pieces > 0; pieces--) {
            sends(piece);
            try {
                return (char) socket.getInputStream().read() + until("\n");
            } catch (SocketTimeoutException e) {
                // not answered yet
            }
        }
        throw new AssertionError("no answer within ten seconds");
    }

    /** Everything up to the end of the connection. */
    String untilClosed() throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** What comes, until it ends with this. */
    public String until(String end) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        var read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new AssertionError("closed after: " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
