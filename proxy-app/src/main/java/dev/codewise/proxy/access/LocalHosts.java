package dev.codewise.proxy.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The values of {@code Host} that only a program on this machine can mean: a web page elsewhere has its own name there. */
final class LocalHosts {

    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(?::\\d{1,5})?");
    private static final Pattern LOOPBACK = Pattern.compile("127(?:\\.\\d{1,3}){3}");

    private final Set<String> names;

    /** Besides the usual names there is the one on which this proxy is published. */
    LocalHosts(String publishedAddress) {
        this.names = Stream.of("localhost", "::1", publishedAddress)
                .map(LocalHosts::asHost)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether these are all the {@code Host} headers of a request from this machine: exactly one, of a known name, with any port. */
    boolean admit(List<String> hostHeaders) {
        if (hostHeaders.size() != 1) {
            return false;
        }
        Matcher host = HOST.matcher(hostHeaders.get(0).toLowerCase(Locale.ROOT));
        return host.matches() && isLocal(host.group(1));
    }

    private boolean isLocal(String name) {
        return names.contains(name) || LOOPBACK.matcher(name).matches();
    }

    /** Whether listening there means that no other machine gets through; names are looked up. */
    static boolean isLoopback(String address) {
        try {
            return Arrays.stream(InetAddress.getAllByName(address)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "\"" + address + "\" is no address that can be listened on: set BIND_ADDRESS (in a container"
                            + " PUBLISHED_ADDRESS) to one, such as 127.0.0.1.",
                    e);
        }
    }

    private static String asHost(String address) {
        boolean bare = address.contains(":") && !address.startsWith("[");
        return (bare ? "[" + address + "]" : address).toLowerCase(Locale.ROOT);
    }
}
