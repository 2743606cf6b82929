package dev.codewise.proxy.access;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.util.matcher.InetAddressMatcher;
import org.springframework.security.util.matcher.InetAddressMatchers;

/** Where a request comes from: the other end of its connection, or what a reverse proxy that is trusted says about it. */
public final class ClientAddress {

    private static final Pattern FORWARDED_FOR = Pattern.compile("(?i)(?:^|;)\\s*for=\"?([^;\"]*)\"?");
    private static final Pattern NODE =
            Pattern.compile("\\[([0-9a-fA-F:.]+)](?::\\d+)?|([0-9.]+)(?::\\d+)?|([0-9a-fA-F:.]+)");

    private final List<InetAddressMatcher> trusted;

    public ClientAddress(List<String> trustedProxies) {
        this.trusted = trustedProxies.stream().map(ClientAddress::matcher).toList();
    }

    private static InetAddressMatcher matcher(String text) {
        String range = text.strip();
        // an abbreviation such as 10.0.0 would be taken for another address than the operator means
        if (literal(range.replaceFirst("/.*", "")) == null) {
            throw noProxy(range);
        }
        try {
            return InetAddressMatchers.fromIpAddress(range);
        } catch (IllegalArgumentException e) {
            throw noProxy(range);
        }
    }

    private static IllegalArgumentException noProxy(String range) {
        return new IllegalArgumentException("TRUSTED_PROXIES has \"" + range
                + "\", which is no address and no range of them, such as 10.0.0.7 or 10.0.0.0/8.");
    }

    /** Two headers that do not agree cannot both be the proxy's own: then the proxy itself has to stand for its clients. */
    public Optional<InetAddress> of(ServerHttpRequest request) {
        InetAddress peer = peer(request);
        if (peer == null || !isTrusted(peer)) {
            return Optional.ofNullable(peer);
        }
        List<String> standard = hops(request, "Forwarded");
        List<String> usual = hops(request, "X-Forwarded-For");
        InetAddress byStandard = walk(peer, standard, ClientAddress::forwardedFor);
        InetAddress byUsual = walk(peer, usual, Function.identity());
        if (standard.isEmpty() || usual.isEmpty()) {
            return Optional.of(standard.isEmpty() ? byUsual : byStandard);
        }
        return Optional.of(byStandard.equals(byUsual) ? byUsual : peer);
    }

    private static @Nullable InetAddress peer(ServerHttpRequest request) {
        InetSocketAddress remote = request.getRemoteAddress();
        return remote == null ? null : remote.getAddress();
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(range -> range.matches(address));
    }

    /** Each hop vouches for the one before it, from the nearest on, for as long as it is trusted and legible. */
    private InetAddress walk(InetAddress peer, List<String> hops, Function<String, String> node) {
        InetAddress nearest = peer;
        for (int i = hops.size() - 1; i >= 0 && isTrusted(nearest); i--) {
            InetAddress before = literal(node.apply(hops.get(i)));
            if (before == null) {
                return nearest;
            }
            nearest = before;
        }
        return nearest;
    }

    private static List<String> hops(ServerHttpRequest request, String header) {
        var hops = new ArrayList<String>();
        for (String line : request.getHeaders().getOrEmpty(header)) {
            hops.addAll(List.of(line.split(",", -1)));
        }
        return hops;
    }

    private static String forwardedFor(String hop) {
        Matcher node = FORWARDED_FOR.matcher(hop);
        return node.find() ? node.group(1) : "";
    }

    /** Never a name, because looking one up would be the client's choice. */
    private static @Nullable InetAddress literal(String node) {
        Matcher parts = NODE.matcher(node.strip());
        if (!parts.matches()) {
            return null;
        }
        String bracketed = Optional.ofNullable(parts.group(1)).orElse(parts.group(3));
        return NetUtil.createInetAddressFromIpAddressString(
                Optional.ofNullable(parts.group(2)).orElse(bracketed));
    }
}
