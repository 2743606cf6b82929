package dev.codewise.proxy.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The way to a server, which a test can cut and mend: while it is cut, the port answers nobody. */
public final class Forwarder implements AutoCloseable {

    private volatile InetSocketAddress target;
    private final int port;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
    private @Nullable ServerSocket listener;

    private Forwarder(InetSocketAddress target, ServerSocket listener) {
        this.target = target;
        this.port = listener.getLocalPort();
        this.listener = listener;
        accept(listener);
    }

    public static Forwarder to(TestDatabase database) throws IOException {
        return new Forwarder(new InetSocketAddress(database.host(), database.port()), listenAt(0));
    }

    public static Forwarder to(URI server) throws IOException {
        return new Forwarder(address(server), listenAt(0));
    }

    private static InetSocketAddress address(URI server) {
        return new InetSocketAddress(server.getHost(), server.getPort());
    }

    private static ServerSocket listenAt(int port) throws IOException {
        var listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return listener;
    }

    public int port() {
        return port;
    }

    public synchronized void cut() throws IOException {
        if (listener != null) {
            listener.close();
            listener = null;
        }
        for (Socket socket = open.poll(); socket != null; socket = open.poll()) {
            socket.close();
        }
    }

    public synchronized void mend() throws IOException {
        listener = listenAt(port);
        accept(listener);
    }

    /** From now on it is the way to another server, whatever has become of the one before. */
    public synchronized void mendTo(URI server) throws IOException {
        cut();
        target = address(server);
        mend();
    }

    private void accept(ServerSocket from) {
        daemon("accept", () -> {
            while (!from.isClosed()) {
                connect(from.accept());
            }
        });
    }

    private void connect(Socket client) throws IOException {
        var server = new Socket(target.getAddress(), target.getPort());
        open.add(client);
        open.add(server);
        daemon("up", () -> copy(client, server));
        daemon("down", () -> copy(server, client));
    }

    private static void copy(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        }
    }

    private static void daemon(String name, Work work) {
        var thread = new Thread(() -> untilClosed(work), "forwarder-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void untilClosed(Work work) {
        try {
            work.run();
        } catch (IOException closed) {
            // a closed socket is how each of them ends
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    @Override
    public void close() {
        try {
            cut();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
