package dev.codewise.agent.connection;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Says in a few words why the proxy was not reached. */
final class Reasons {

    private Reasons() {}

    static String of(Throwable failure) {
        if (hasCause(failure, UnknownHostException.class) || hasCause(failure, UnresolvedAddressException.class)) {
            return "its host name is unknown";
        }
        if (hasCause(failure, HttpConnectTimeoutException.class)) {
            return "it did not accept the connection in time";
        }
        if (hasCause(failure, ConnectException.class)) {
            return "nothing listens there";
        }
        if (hasCause(failure, SSLException.class)) {
            return "no trusted TLS connection could be made";
        }
        return hasCause(failure, TimeoutException.class) ? "it did not answer in time" : "the connection broke";
    }

    static String of(int status) {
        return switch (status) {
            case 404 -> "it answered 404; is --url right?";
            case 409 -> "another agent is using this agent's id (409)";
            case 429 -> "it takes no more connections for now (429)";
            case 503 -> "it is not ready (503)";
            default -> "it answered " + status;
        };
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
