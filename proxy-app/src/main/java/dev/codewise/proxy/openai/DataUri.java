package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.Base64Text;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Bytes within a URI: what they are, and themselves in Base64. */
record DataUri(String mediaType, String base64) {

    private static final String SCHEME = "data:";
    private static final String BASE64 = ";base64";
    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z]+/[a-z0-9.+-]+");

    /** Nothing where it is none, or where its bytes are not Base64 to the last character. */
    static Optional<DataUri> of(String uri) {
        int comma = uri.indexOf(',');
        if (comma < 0 || !uri.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String head = uri.substring(SCHEME.length(), comma).toLowerCase(Locale.ROOT);
        String type = head.replaceFirst(";.*", "");
        String base64 = uri.substring(comma + 1);
        boolean whole = head.endsWith(BASE64) && MEDIA_TYPE.matcher(type).matches() && Base64Text.isWhole(base64);
        return whole ? Optional.of(new DataUri(type, base64)) : Optional.empty();
    }
}
