package dev.codewise.proxy.agent.ingest;

import dev.codewise.protocol.Protocol;
import dev.codewise.protocol.RunMessage;
import dev.codewise.proxy.agent.ingest.AgentRefusal.Kind;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads one message of an agent, within the limits of the protocol. */
public final class MessageReader {

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(64)
            .maxNumberLength(64)
            .maxNameLength(256)
            .maxStringLength(Protocol.MAX_MESSAGE_BYTES)
            .build();

    private final JsonMapper json = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(LIMITS).build())
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    public Mono<RunMessage> read(ServerHttpRequest request) {
        if (request.getHeaders().getOrEmpty(HttpHeaders.CONTENT_ENCODING).stream()
                .anyMatch(encoding -> !encoding.equalsIgnoreCase("identity"))) {
            return Mono.error(new AgentRefusal(Kind.UNSUPPORTED_ENCODING, "Send the message uncompressed."));
        }
        return DataBufferUtils.join(request.getBody(), Protocol.MAX_MESSAGE_BYTES)
                .onErrorMap(DataBufferLimitException.class, e -> tooLarge())
                .switchIfEmpty(Mono.error(() -> bad("the body is empty")))
                .map(this::parse);
    }

    private RunMessage parse(DataBuffer body) {
        try {
            RunMessage message = json.readValue(body.asInputStream(), RunMessage.class);
            if (message == null) {
                throw bad("it is null");
            }
            if (!message.endsRun() && message.outputLength() > Protocol.MAX_CHUNK_CHARS) {
                throw tooLarge();
            }
            return message;
        } catch (JacksonException e) {
            throw bad(reasonOf(e));
        } finally {
            DataBufferUtils.release(body);
        }
    }

    /** Our own words where a record refused what it was given; the reader's own would tell of the inside. */
    private static String reasonOf(JacksonException failure) {
        return failure.getCause() instanceof IllegalArgumentException refused
                ? String.valueOf(refused.getMessage())
                : "it is no JSON object of a known \"type\" with fields of the right kind";
    }

    private static AgentRefusal tooLarge() {
        return new AgentRefusal(
                Kind.TOO_LARGE,
                "A message has at most " + Protocol.MAX_MESSAGE_BYTES + " bytes, its content "
                        + Protocol.MAX_CHUNK_CHARS + " characters.");
    }

    private static AgentRefusal bad(String why) {
        return new AgentRefusal(Kind.BAD_MESSAGE, "This is not a message of the protocol: " + why + ".");
    }
}
