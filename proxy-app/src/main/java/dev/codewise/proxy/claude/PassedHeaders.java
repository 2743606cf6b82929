package dev.codewise.proxy.claude;

import dev.codewise.proxy.home.Secret;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/**
 * Which headers pass between a client and the Claude API: all but those that concern one connection, one host, or who somebody is
 * on this side of the proxy.
 */
final class PassedHeaders {

    private static final Set<String> OF_A_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /**
     * The client's credentials are for this proxy, its address and cookies nobody's business, its origin judged here; and what
     * is compressed cannot be overheard.
     */
    private static final Set<String> OF_THE_CLIENT = Set.of(
            "accept-encoding",
            "authorization",
            "content-length",
            "cookie",
            "expect",
            "forwarded",
            "host",
            "origin",
            "referer",
            "via",
            "x-api-key",
            "x-real-ip");

    private static final Set<String> PREFIXES_OF_THE_CLIENT = Set.of("x-forwarded-", "sec-", "cf-");

    /** What the API says of its own host would be taken for this one's. */
    private static final Set<String> OF_THE_API =
            Set.of("alt-svc", "nel", "report-to", "set-cookie", "strict-transport-security", "x-request-id");

    private static final Set<String> PREFIXES_OF_THE_API = Set.of("access-control-");

    private PassedHeaders() {}

    static HttpHeaders toTheApi(HttpHeaders given, Secret key) {
        HttpHeaders passed = without(given, name -> isOneOf(name, OF_THE_CLIENT, PREFIXES_OF_THE_CLIENT));
        passed.set("x-api-key", key.reveal());
        return passed;
    }

    static HttpHeaders toTheClient(HttpHeaders given) {
        return without(given, name -> isOneOf(name, OF_THE_API, PREFIXES_OF_THE_API));
    }

    private static HttpHeaders without(HttpHeaders given, Predicate<String> left) {
        Set<String> named = namedByConnection(given);
        var passed = new HttpHeaders();
        given.forEach((name, values) -> {
            String lowerCase = name.toLowerCase(Locale.ROOT);
            if (!OF_A_CONNECTION.contains(lowerCase) && !named.contains(lowerCase) && !left.test(lowerCase)) {
                passed.addAll(name, values);
            }
        });
        return passed;
    }

    /** A connection header names further ones that are only its own. */
    private static Set<String> namedByConnection(HttpHeaders headers) {
        return headers.getOrEmpty(HttpHeaders.CONNECTION).stream()
                .flatMap(names -> Stream.of(names.split(",", -1)))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private static boolean isOneOf(String name, Set<String> names, Set<String> prefixes) {
        return names.contains(name) || prefixes.stream().anyMatch(name::startsWith);
    }
}
