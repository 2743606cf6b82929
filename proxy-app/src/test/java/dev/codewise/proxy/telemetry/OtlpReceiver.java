package dev.codewise.proxy.telemetry;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Whoever collects traces and meters: takes what is sent by OTLP over HTTP, and reads it. */
public final class OtlpReceiver implements AutoCloseable {

    private final HttpServer server;
    private final Queue<Received> received = new ConcurrentLinkedQueue<>();

    private record Received(String path, String authorization, ByteString body) {}

    private OtlpReceiver(HttpServer server) {
        this.server = server;
    }

    public static OtlpReceiver start() throws IOException {
        var receiver =
                new OtlpReceiver(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        receiver.server.createContext("/", receiver::take);
        receiver.server.start();
        return receiver;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        received.add(new Received(
                exchange.getRequestURI().getPath(),
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                ByteString.copyFrom(packed ? unpacked(body) : body)));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static byte[] unpacked(byte[] body) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return in.readAllBytes();
        }
    }

    List<Span> spans() {
        return bodies("/v1/traces")
                .map(OtlpReceiver::traces)
                .flatMap(request -> request.getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    /** The latest of each name. */
    Map<String, Metric> metrics() {
        return bodies("/v1/metrics")
                .map(OtlpReceiver::meters)
                .flatMap(request -> request.getResourceMetricsList().stream())
                .flatMap(resource -> resource.getScopeMetricsList().stream())
                .flatMap(scope -> scope.getMetricsList().stream())
                .collect(Collectors.toMap(Metric::getName, metric -> metric, (before, after) -> after));
    }

    List<String> authorizations() {
        return received.stream().map(Received::authorization).distinct().toList();
    }

    /** All that came, byte for byte, where a word would be found. */
    public String text() {
        return received.stream()
                .map(each -> each.body().toString(StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining("\n"));
    }

    private Stream<ByteString> bodies(String path) {
        return received.stream().filter(each -> each.path().equals(path)).map(Received::body);
    }

    private static ExportTraceServiceRequest traces(ByteString body) {
        try {
            return ExportTraceServiceRequest.parseFrom(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ExportMetricsServiceRequest meters(ByteString body) {
        try {
            return ExportMetricsServiceRequest.parseFrom(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
