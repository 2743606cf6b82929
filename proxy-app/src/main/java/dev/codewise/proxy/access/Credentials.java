package dev.codewise.proxy.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/** What a request presents to be let in. */
record Credentials(List<String> keys, boolean malformed) {

    static final String API_KEY_HEADER = "x-api-key";

    private static final Pattern BEARER = Pattern.compile("(?i:Bearer) ([\\x21-\\x7e]+)");

    /** Only {@code Authorization: Bearer …}. */
    static Credentials bearer(HttpHeaders headers) {
        return read(headers.getOrEmpty(HttpHeaders.AUTHORIZATION), List.of());
    }

    /** {@code Authorization: Bearer …} or {@code x-api-key: …}; clients that send both mean either. */
    static Credentials bearerOrApiKey(HttpHeaders headers) {
        return read(headers.getOrEmpty(HttpHeaders.AUTHORIZATION), headers.getOrEmpty(API_KEY_HEADER));
    }

    private static Credentials read(List<String> authorizations, List<String> apiKeys) {
        var keys = new ArrayList<String>(2);
        if (authorizations.size() == 1) {
            Matcher bearer = BEARER.matcher(authorizations.get(0));
            if (bearer.matches()) {
                keys.add(bearer.group(1));
            }
        }
        if (apiKeys.size() == 1) {
            keys.add(apiKeys.get(0));
        }
        boolean malformed = authorizations.size() > 1 || apiKeys.size() > 1;
        return new Credentials(List.copyOf(keys), malformed || (keys.isEmpty() && !authorizations.isEmpty()));
    }

    /** Whether nothing was presented at all, which is no guess. */
    boolean isNone() {
        return keys.isEmpty() && !malformed;
    }

    /** A header that comes twice opens nothing: who checks one of them and who uses the other need not agree. */
    <T> Optional<T> open(Function<String, Optional<T>> lock) {
        return malformed
                ? Optional.empty()
                : keys.stream().flatMap(key -> lock.apply(key).stream()).findFirst();
    }

    @Override
    public String toString() {
        return isNone() ? "none" : "***";
    }
}
