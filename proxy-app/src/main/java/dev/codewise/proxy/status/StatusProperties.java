package dev.codewise.proxy.status;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Under which address others find this proxy. */
@ConfigurationProperties("codewise.status")
record StatusProperties(
        @DefaultValue("127.0.0.1") String listenAddress,
        @DefaultValue("") String publishedAddress) {

    private static final Set<String> ALL_ADDRESSES = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

    /** Of a proxy that listens everywhere, the address that is right on its own machine at least. */
    String url(int port) {
        String address = publishedAddress.isBlank() ? listenAddress : publishedAddress;
        String reachable = ALL_ADDRESSES.contains(address) ? "127.0.0.1" : address;
        return "http://" + (reachable.contains(":") ? "[" + reachable + "]" : reachable) + ":" + port;
    }
}
