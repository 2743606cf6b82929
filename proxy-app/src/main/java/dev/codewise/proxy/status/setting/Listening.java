package dev.codewise.proxy.status.setting;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Where the proxy is told to listen. Port 0 means any free one. */
record Listening(int port, InetAddress address, int managementPort) {

    private static final int HIGHEST_PORT = 65_535;

    Listening {
        requirePort("PORT", port, 8080);
        requirePort("MANAGEMENT_PORT", managementPort, 8081);
        if (port == managementPort && port != 0) {
            throw new StartRefusedException("MANAGEMENT_PORT=" + managementPort
                    + " is the same as PORT: give each a number of its own, such as " + (port == 8081 ? 8082 : 8081)
                    + ".");
        }
    }

    static Listening of(Environment environment) {
        Binder binder = Binder.get(environment);
        return new Listening(
                binder.bind("server.port", Integer.class).orElse(0),
                binder.bind("server.address", InetAddress.class).orElseGet(InetAddress::getLoopbackAddress),
                binder.bind("management.server.port", Integer.class).orElse(0));
    }

    /** The network library reads PORT as well, as it stands, and fails long after this and without a word. */
    static void requireLegible(@Nullable String rawPort) {
        if (rawPort != null && !rawPort.matches("\\d+")) {
            throw new StartRefusedException("PORT=\"" + rawPort
                    + "\" is no number, or has something around it: unset it, or use one such as 8080.");
        }
    }

    /** Tries both ports before anything is started that would only have to be stopped again. */
    void requireFree() {
        if (!canListen(0).isEmpty()) {
            throw new StartRefusedException(
                    "BIND_ADDRESS=" + address.getHostAddress()
                            + " is no address of this machine: use 127.0.0.1 for this machine alone, or 0.0.0.0 for all of its addresses.");
        }
        requireFree("PORT", port);
        requireFree("MANAGEMENT_PORT", managementPort);
    }

    private void requireFree(String variable, int wanted) {
        String obstacle = canListen(wanted);
        if (!obstacle.isEmpty()) {
            throw new StartRefusedException(
                    variable + "=" + wanted + " cannot be had on " + address.getHostAddress() + " ("
                            + obstacle + "): stop what is using it, perhaps another Codewise, or set " + variable
                            + " to another number.");
        }
    }

    private String canListen(int wanted) {
        try (var probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(address, wanted));
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void requirePort(String variable, int port, int usual) {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new StartRefusedException(
                    variable + "=" + port + " is no port: use a number from 1 to 65535, such as " + usual + ".");
        }
    }
}
