package dev.codewise.proxy.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/** What somebody posts, by its header. */
public final class PostedType {

    private PostedType() {}

    /** The one of those taken that it is; refuses any other, and what is not posted at all. */
    public static MediaType of(ServerHttpRequest request, List<MediaType> taken) {
        if (!request.getMethod().equals(HttpMethod.POST)) {
            throw new MethodNotAllowedException(request.getMethod(), List.of(HttpMethod.POST));
        }
        MediaType given = given(request);
        return taken.stream()
                .filter(type -> type.includes(given))
                .findFirst()
                .orElseThrow(() -> new UnsupportedMediaTypeStatusException(given, taken));
    }

    private static @Nullable MediaType given(ServerHttpRequest request) {
        try {
            return request.getHeaders().getContentType();
        } catch (InvalidMediaTypeException e) {
            return null;
        }
    }
}
