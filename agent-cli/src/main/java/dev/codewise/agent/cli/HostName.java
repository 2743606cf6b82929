package dev.codewise.agent.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this machine, as the default name of its agent. */
final class HostName {

    private static final String OTHERWISE = "agent";
    private static final int LONGEST = 64;

    private HostName() {}

    static String asAgentId() {
        try {
            return fitted(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            return OTHERWISE;
        }
    }

    /** Whatever a host is called, this is a valid name for an agent. */
    static String fitted(String hostName) {
        var fitted = hostName.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[._-]+", "");
        return fitted.isEmpty() ? OTHERWISE : fitted.substring(0, Math.min(LONGEST, fitted.length()));
    }
}
