package dev.codewise.proxy.access;

import dev.codewise.proxy.web.RequestId;
import dev.codewise.proxy.web.RequestRefused;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.server.WebFilter;

/** Which web pages may call: those of the origins named, and no others, not even where the browser would hide the answer. */
final class CorsRule {

    private static final List<String> EXPOSED = Stream.concat(
                    Stream.of(
                            RequestId.HEADER,
                            HttpHeaders.RETRY_AFTER,
                            "retry-after-ms",
                            "x-should-retry",
                            "x-codewise-ignored"),
                    Stream.of("limit", "remaining", "reset")
                            .flatMap(word ->
                                    Stream.of("x-ratelimit-" + word + "-requests", "x-ratelimit-" + word + "-tokens")))
            .toList();

    private CorsRule() {}

    static WebFilter allowing(List<String> origins) {
        var rule = new CorsConfiguration();
        rule.setAllowedOrigins(origins);
        rule.setAllowedMethods(List.of("GET", "HEAD", "POST"));
        rule.setAllowedHeaders(List.of(CorsConfiguration.ALL));
        rule.setExposedHeaders(EXPOSED);
        // Keys travel in a header that the page itself sets, never in a cookie.
        rule.setAllowCredentials(false);
        rule.setMaxAge(Duration.ofHours(1));
        return new CorsWebFilter(exchange -> rule, new RefusingInWords());
    }

    /** The framework's own refusal has no body. */
    private static final class RefusingInWords extends DefaultCorsProcessor {

        @Override
        protected void rejectRequest(ServerHttpResponse response) {
            throw new RequestRefused(
                    HttpStatus.FORBIDDEN,
                    "Web pages of this origin, with this method, may not call here. CORS_ALLOWED_ORIGINS names those that may.");
        }
    }
}
