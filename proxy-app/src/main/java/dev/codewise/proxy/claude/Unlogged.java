package dev.codewise.proxy.claude;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.codec.Hints;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.codec.HttpMessageReader;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.BodyExtractor;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.BodyInserters;
import reactor.core.publisher.Flux;

/** Bodies that Spring writes and reads without logging them at its debug level, because they are prompts and replies. */
final class Unlogged {

    private Unlogged() {}

    static BodyInserter<Object, ClientHttpRequest> body(Object value) {
        BodyInserter<Object, ? super ClientHttpRequest> inserter = BodyInserters.fromValue(value);
        return (request, context) -> inserter.insert(request, new QuietWriting(context));
    }

    static <T> BodyExtractor<Flux<T>, ClientHttpResponse> flux(Class<T> type) {
        BodyExtractor<Flux<T>, ? super ClientHttpResponse> extractor = BodyExtractors.toFlux(type);
        return (response, context) -> extractor.extract(response, new QuietReading(context));
    }

    private static Map<String, Object> quiet(Map<String, Object> hints) {
        return Hints.merge(hints, Hints.SUPPRESS_LOGGING_HINT, true);
    }

    private record QuietWriting(BodyInserter.Context context) implements BodyInserter.Context {

        @Override
        public List<HttpMessageWriter<?>> messageWriters() {
            return context.messageWriters();
        }

        @Override
        public Optional<ServerHttpRequest> serverRequest() {
            return context.serverRequest();
        }

        @Override
        public Map<String, Object> hints() {
            return quiet(context.hints());
        }
    }

    private record QuietReading(BodyExtractor.Context context) implements BodyExtractor.Context {

        @Override
        public List<HttpMessageReader<?>> messageReaders() {
            return context.messageReaders();
        }

        @Override
        public Optional<ServerHttpResponse> serverResponse() {
            return context.serverResponse();
        }

        @Override
        public Map<String, Object> hints() {
            return quiet(context.hints());
        }
    }
}
