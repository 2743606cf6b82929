package dev.codewise.proxy.agent.ingest;

import dev.codewise.protocol.AgentMessage;
import dev.codewise.protocol.Protocol;
import dev.codewise.protocol.RunMessage;
import dev.codewise.proxy.agent.ingest.AgentRefusal.Kind;
import java.util.List;
import java.util.function.Function;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads the body of a POST, whole or line by line, and no more of it than a message may measure at a time. */
public final class PostReader {

    private final MessageReader reader = new MessageReader();

    /** One message, or several of one run; never none. */
    public Mono<List<? extends AgentMessage>> read(ServerHttpRequest request) {
        if (isEncoded(request)) {
            return Mono.error(PostReader::encoded);
        }
        return DataBufferUtils.join(request.getBody(), Protocol.MAX_MESSAGE_BYTES)
                .onErrorMap(DataBufferLimitException.class, e -> WithinLimits.tooLarge())
                .switchIfEmpty(Mono.error(() -> MessageReader.bad("the body is empty")))
                .map(PostReader::bytes)
                .map(reader::readPost);
    }

    /** The messages of one run as they come, each asked for when the one before it has found its place. */
    public Flux<RunMessage> readLines(String requestId, ServerHttpRequest request) {
        if (isEncoded(request)) {
            return Flux.error(PostReader::encoded);
        }
        return Flux.defer(() -> lines(request.getBody(), new LineSplitter()))
                .map(line -> reader.readLine(requestId, line));
    }

    private static Flux<byte[]> lines(Flux<DataBuffer> body, LineSplitter splitter) {
        return body.map(splitter::lines)
                .concatWith(Mono.fromSupplier(splitter::lastLine))
                .concatMapIterable(Function.identity(), 1);
    }

    private static byte[] bytes(DataBuffer body) {
        try {
            byte[] bytes = new byte[body.readableByteCount()];
            body.read(bytes);
            return bytes;
        } finally {
            DataBufferUtils.release(body);
        }
    }

    private static boolean isEncoded(ServerHttpRequest request) {
        return request.getHeaders().getOrEmpty(HttpHeaders.CONTENT_ENCODING).stream()
                .anyMatch(encoding -> !encoding.equalsIgnoreCase("identity"));
    }

    private static AgentRefusal encoded() {
        return new AgentRefusal(Kind.UNSUPPORTED_ENCODING, "Send the message uncompressed.");
    }
}
