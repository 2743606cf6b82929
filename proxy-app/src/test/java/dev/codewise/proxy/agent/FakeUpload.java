package dev.codewise.proxy.agent;

import dev.codewise.protocol.Protocol;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** A POST that streams messages line by line over a socket of its own, so that it can break wherever a test wants. */
public final class FakeUpload implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final OutputStream out;

    private FakeUpload(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
    }

    static FakeUpload begin(URI proxy, Map<String, String> headers) throws IOException {
        var socket = new Socket(proxy.getHost(), proxy.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        var upload = new FakeUpload(socket);
        var head = new StringBuilder("POST " + Protocol.RESPONSE_PATH + " HTTP/1.1\r\nHost: " + proxy.getAuthority()
                + "\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        upload.write(head + "\r\n");
        return upload;
    }

    public FakeUpload line(String message) throws IOException {
        return bytes((message + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Whatever bytes, however they fall on lines. */
    public FakeUpload bytes(byte[] bytes) throws IOException {
        write(String.format(Locale.ROOT, "%x\r\n", bytes.length));
        out.write(bytes);
        write("\r\n");
        return this;
    }

    public FakeUpload end() throws IOException {
        write("0\r\n\r\n");
        return this;
    }

    /** Breaks the connection without a word. */
    public void breaks() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** The whole answer, when there is one. */
    public String answer() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
