package dev.codewise.proxy.openai;

import dev.codewise.proxy.web.RequestRefused;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Keeps bodies under /v1 within bounds: those that are packed, or say that they are too large, are refused unread, and the others
 * take no more memory than their limit.
 */
final class BodyFilter implements WebFilter {

    private static final PathPattern OURS = PathPatternParser.defaultInstance.parse("/v1/**");

    private final long largest;

    BodyFilter(DataSize largest) {
        this.largest = largest.toBytes();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (!OURS.matches(request.getPath().pathWithinApplication())) {
            return chain.filter(exchange);
        }
        check(request.getHeaders());
        return chain.filter(
                exchange.mutate().request(new CompactBody(request, largest)).build());
    }

    private void check(HttpHeaders headers) {
        List<String> encodings = headers.getValuesAsList(HttpHeaders.CONTENT_ENCODING);
        if (!encodings.stream().allMatch("identity"::equalsIgnoreCase)) {
            throw new RequestRefused(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body must come as it is, without a Content-Encoding.");
        }
        if (headers.getContentLength() > largest) {
            throw new RequestRefused(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "The body is larger than the " + largest + " bytes that are read here.");
        }
    }
}
