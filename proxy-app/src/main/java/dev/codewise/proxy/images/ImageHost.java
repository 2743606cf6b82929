package dev.codewise.proxy.images;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host from which images may be fetched: by https, unless it is written with http, and at one port. A host that is written
 * as an address may be of any network; whatever a name leads to must be public.
 */
record ImageHost(String scheme, String host, int port) {

    private static final int LONGEST = 2048;
    private static final Pattern NAME = Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,62})\\.)*[a-z](?:[a-z0-9-]{0,62})");

    /** So strict that Java, given such a text, never takes it for a name and asks for it. */
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\\.(?!$)|$)){4}");

    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+]");

    /** The host that an address in a request leads to, if it is one that a host could be. */
    static Optional<ImageHost> of(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        boolean plain = scheme.equals("http");
        if (url.getHost() == null || url.getRawUserInfo() != null || !(plain || scheme.equals("https"))) {
            return Optional.empty();
        }
        int port = url.getPort() < 0 ? plain ? 80 : 443 : url.getPort();
        return Optional.of(new ImageHost(scheme, url.getHost().toLowerCase(Locale.ROOT), port))
                .filter(host -> host.isName() || host.address() != null);
    }

    /** An entry of the operator's list, such as {@code images.example.org}; empty where it is none. */
    static Optional<ImageHost> ofEntry(String entry) {
        return parsed(entry.contains("://") ? entry : "https://" + entry)
                .filter(url -> url.getRawPath().isEmpty() && url.getRawQuery() == null && url.getRawFragment() == null)
                .flatMap(ImageHost::of);
    }

    static Optional<URI> parsed(String url) {
        try {
            return url.length() > LONGEST ? Optional.empty() : Optional.of(URI.create(url));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean isName() {
        return NAME.matcher(host).matches();
    }

    /** Itself, where it is written as an address; nobody is asked for it. */
    @Nullable
    InetAddress address() {
        try {
            boolean literal = IPV4.matcher(host).matches() || IPV6.matcher(host).matches();
            return literal ? InetAddress.getByName(host) : null;
        } catch (UnknownHostException e) {
            return null;
        }
    }

    boolean isEncrypted() {
        return scheme.equals("https");
    }
}
