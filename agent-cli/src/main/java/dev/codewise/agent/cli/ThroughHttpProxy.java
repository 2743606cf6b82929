package dev.codewise.agent.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Leads https addresses through an HTTP proxy, but for this machine's own and those that NO_PROXY names. */
final class ThroughHttpProxy extends ProxySelector {

    private static final Pattern THIS_MACHINE = Pattern.compile("localhost|127\\..*|\\[::1]");

    private final List<Proxy> proxy;
    private final List<String> without;

    ThroughHttpProxy(InetSocketAddress address, String without) {
        this.proxy = List.of(new Proxy(Proxy.Type.HTTP, address));
        this.without = List.of(without.toLowerCase(Locale.ROOT).strip().split("[\\s,]+"));
    }

    @Override
    public List<Proxy> select(URI uri) {
        var host = uri.getHost().toLowerCase(Locale.ROOT);
        return "https".equalsIgnoreCase(uri.getScheme())
                        && !THIS_MACHINE.matcher(host).matches()
                        && without.stream().noneMatch(name -> covers(name, host))
                ? proxy
                : List.of(Proxy.NO_PROXY);
    }

    /** A name stands for itself and for all below it, with a dot before it or not; an asterisk for everything. */
    private static boolean covers(String name, String host) {
        var domain = name.startsWith(".") ? name.substring(1) : name;
        return name.equals("*") || (!domain.isEmpty() && ("." + host).endsWith("." + domain));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // the connection says so itself, and tries again
    }
}
