package dev.codewise.proxy.images;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;

/**
 * An image that a request names by its address.
 *
 * @param url the address as the client wrote it
 * @param field where it stands in the request, as the client's format names it
 * @param place puts the image itself there instead
 */
public record RemoteImage(String url, String field, Consumer<FetchedImage> place) {

    /** The image itself, in Base64. */
    public record FetchedImage(String mediaType, String base64) {

        public String dataUri() {
            return "data:" + mediaType + ";base64," + base64;
        }
    }

    /** Puts there, until it is fetched, what only stands for it: something else for each address. */
    public void holdPlace() {
        String name = Base64.getEncoder().encodeToString(url.getBytes(StandardCharsets.UTF_8));
        place.accept(new FetchedImage("image/png", name));
    }

    /** Whether this is an address of something elsewhere, and not the thing itself. */
    public static boolean isAddress(String url) {
        return url.regionMatches(true, 0, "http:", 0, 5) || url.regionMatches(true, 0, "https:", 0, 6);
    }
}
