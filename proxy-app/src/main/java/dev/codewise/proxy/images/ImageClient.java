package dev.codewise.proxy.images;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpStatusClass;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * Gets images. It tells their hosts nothing but what it wants, follows no redirection, and reads no further than an image may
 * reach.
 */
final class ImageClient implements AutoCloseable {

    private static final int MOST_FROM_ONE_HOST = 16;
    private static final int MOST_WAITING = 64;
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);
    private static final int FOUND = 200;

    private final ConnectionProvider connections;
    private final HttpClient http;
    private final UnaryOperator<HttpClient> encryption;
    private final ImageLimits limits;

    ImageClient(ImageLimits limits) {
        this(limits, HttpClient::secure);
    }

    /** @param encryption whom to trust, where that is not whom this Java trusts */
    ImageClient(ImageLimits limits, UnaryOperator<HttpClient> encryption) {
        this.limits = limits;
        this.encryption = encryption;
        this.connections = ConnectionProvider.builder("images")
                .maxConnections(MOST_FROM_ONE_HOST)
                .pendingAcquireMaxCount(MOST_WAITING)
                .pendingAcquireTimeout(limits.longest())
                .build();
        this.http = HttpClient.create(connections)
                .disableRetry(true)
                .followRedirect(false)
                .compress(false)
                .keepAlive(false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) LONGEST_CONNECT.toMillis())
                .headers(ImageClient::introduce);
    }

    private static void introduce(HttpHeaders headers) {
        headers.set(HttpHeaderNames.USER_AGENT, "codewise-proxy");
        headers.set(HttpHeaderNames.ACCEPT, "image/png, image/jpeg, image/gif, image/webp");
    }

    Mono<byte[]> get(ImageDoor.Place place) {
        HttpClient there = http.remoteAddress(place::address);
        return (place.isEncrypted() ? encryption.apply(there) : there)
                .get()
                .uri(place.target())
                .response((response, content) -> image(response, content.asByteArray()))
                .singleOrEmpty();
    }

    private Flux<byte[]> image(HttpClientResponse response, Flux<byte[]> content) {
        return Mono.fromRunnable(() -> check(response))
                .thenMany(content)
                .collect(ByteArrayOutputStream::new, this::add)
                .map(ByteArrayOutputStream::toByteArray)
                .flux();
    }

    private void check(HttpClientResponse response) {
        int status = response.status().code();
        if (status != FOUND) {
            throw new ImageRefused(
                    HttpStatusClass.REDIRECTION.contains(status)
                            ? "leads to a redirection, and none is followed. Name the address that it leads to."
                            : "could not be fetched: its host answered with HTTP status " + status + ".");
        }
        HttpHeaders headers = response.responseHeaders();
        if (!ImageType.isClaimedBy(headers.get(HttpHeaderNames.CONTENT_TYPE))
                || headers.contains(HttpHeaderNames.CONTENT_ENCODING)) {
            throw new ImageRefused("does not lead to a PNG, JPEG, GIF or WebP image.");
        }
    }

    private void add(ByteArrayOutputStream image, byte[] more) {
        if (image.size() + more.length > limits.largestImage()) {
            throw new ImageRefused("leads to an image of more than " + limits.largestImage() + " bytes.");
        }
        image.writeBytes(more);
    }

    @Override
    public void close() {
        connections.dispose();
    }
}
