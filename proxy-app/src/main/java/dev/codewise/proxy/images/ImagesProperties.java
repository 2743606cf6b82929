package dev.codewise.proxy.images;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The hosts from which images are fetched that a request only names by their addresses; none, unless the operator says so. */
@ConfigurationProperties("codewise.images")
record ImagesProperties(@DefaultValue("") String hostList) {

    ImagesProperties {
        parse(hostList);
    }

    /** From {@code images.example.org,http://192.168.1.5:8000}. */
    List<ImageHost> hosts() {
        return parse(hostList);
    }

    private static List<ImageHost> parse(String list) {
        return Stream.of(list.split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .map(ImagesProperties::host)
                .toList();
    }

    private static ImageHost host(String entry) {
        Optional<ImageHost> host = ImageHost.ofEntry(entry);
        return host.orElseThrow(() -> new IllegalArgumentException("CODEWISE_IMAGE_HOSTS has \"" + entry
                + "\", which is not a host, such as images.example.org, with its port where that is not 443;"
                + " one that is to be asked without encryption begins with http://"));
    }
}
