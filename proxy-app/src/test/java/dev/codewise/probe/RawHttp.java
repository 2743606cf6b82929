package dev.codewise.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sends bytes as they are, because proper HTTP clients refuse to send improper requests. */
public final class RawHttp {

    /** What came back until the server closed the connection. */
    public record Reply(String text) {

        /** Of the first answer; 0 where there is none. */
        public int status() {
            return text.startsWith("HTTP/1.1 ") ? Integer.parseInt(text.substring(9, 12)) : 0;
        }

        public Optional<String> header(String name) {
            return head().lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }

        public String head() {
            return text.substring(0, end());
        }

        public String body() {
            return text.substring(Math.min(text.length(), end() + 4));
        }

        /** The body without what differs between any two answers. */
        public String bodyWithoutId() {
            return body().replaceAll("req_[A-Za-z0-9_-]+", "req");
        }

        private int end() {
            int end = text.indexOf("\r\n\r\n");
            return end < 0 ? text.length() : end;
        }
    }

    private static final int PATIENCE_MILLIS = 10_000;

    private final int port;

    public RawHttp(int port) {
        this.port = port;
    }

    public Reply get(String target, String... headers) {
        return request("GET", target, headers);
    }

    public Reply request(String method, String target, String... headers) {
        return bytes(head(method, target, headers) + "\r\n");
    }

    public Reply post(String target, String body, String... headers) {
        return send("POST", target, body, headers);
    }

    public Reply send(String method, String target, String body, String... headers) {
        return bytes(head(method, target, headers) + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private String head(String method, String target, String... headers) {
        return method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n"
                + lines(headers);
    }

    private static String lines(String... headers) {
        return headers.length == 0 ? "" : String.join("\r\n", List.of(headers)) + "\r\n";
    }

    /** Reads the beginning of the answer, then resets the connection. */
    public void hangUpAfterAsking(String target) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write((head("GET", target) + "\r\n").getBytes(ISO_8859_1));
            socket.getInputStream().readNBytes(1);
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One connection, written at once, read until its end. */
    public Reply bytes(String request) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            return new Reply(new String(socket.getInputStream().readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
