package dev.codewise.proxy.images;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;
import reactor.core.publisher.Mono;

/**
 * Decides which addresses in requests may be followed, and to where. A name is asked for once, and what is connected to is
 * the very address that was checked: a second answer, which might be another one, is never sought.
 */
final class ImageDoor {

    private final List<ImageHost> allowed;
    private final HostLookup lookup;
    private final Predicate<InetAddress> isPublic;

    ImageDoor(List<ImageHost> allowed, HostLookup lookup, Predicate<InetAddress> isPublic) {
        this.allowed = List.copyOf(allowed);
        this.lookup = lookup;
        this.isPublic = isPublic;
    }

    /** A place to connect to, under the name that its certificate has to bear, and what to ask for there. */
    record Place(InetSocketAddress address, boolean isEncrypted, String target) {}

    Mono<Place> placeOf(String url) {
        URI parsed = ImageHost.parsed(url).orElseThrow(ImageDoor::unreadable);
        ImageHost host = ImageHost.of(parsed).filter(allowed::contains).orElseThrow(ImageDoor::notAllowed);
        return addressOf(host)
                .map(address -> new InetSocketAddress(address, host.port()))
                .map(address -> new Place(address, host.isEncrypted(), targetOf(parsed)));
    }

    private Mono<InetAddress> addressOf(ImageHost host) {
        InetAddress written = host.address();
        return written == null
                ? lookup.addressesOf(host.host()).map(this::checked).map(address -> named(host, address))
                : Mono.just(written);
    }

    /** One that is nobody's business gives them all away. */
    private InetAddress checked(List<InetAddress> addresses) {
        if (addresses.isEmpty() || !addresses.stream().allMatch(isPublic)) {
            throw new ImageRefused("is on a host that is not on the public internet.");
        }
        return addresses.get(0);
    }

    private static InetAddress named(ImageHost host, InetAddress address) {
        try {
            return InetAddress.getByAddress(host.host(), address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address has as many bytes as an address", e);
        }
    }

    private static String targetOf(URI url) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    private static ImageRefused unreadable() {
        return new ImageRefused("is not a valid URL.");
    }

    private static ImageRefused notAllowed() {
        return new ImageRefused("is an address, and nothing is fetched from there. Send the image itself,"
                + " or have the operator of this proxy name its host in CODEWISE_IMAGE_HOSTS.");
    }
}
