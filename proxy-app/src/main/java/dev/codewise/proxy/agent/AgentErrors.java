package dev.codewise.proxy.agent;

import dev.codewise.protocol.Protocol;
import dev.codewise.protocol.Receipt;
import dev.codewise.proxy.agent.ingest.AgentRefusal;
import dev.codewise.proxy.agent.ingest.AgentRefusal.Kind;
import dev.codewise.proxy.web.FailureAnswer;
import dev.codewise.proxy.web.HttpFailure;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Answers every failure of the two agent endpoints in the words of the protocol. */
final class AgentErrors implements WebExceptionHandler, Ordered {

    private static final Set<String> PATHS = Set.of(Protocol.CONNECT_PATH, Protocol.RESPONSE_PATH);
    private static final int BEFORE_PROBLEM_JSON = -20;

    private final JsonMapper json;
    private final FailureAnswer answer;

    AgentErrors(JsonMapper json) {
        this.json = json;
        this.answer = new FailureAnswer(json, MediaType.APPLICATION_JSON, AgentErrors::body);
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        if (!PATHS.contains(exchange.getRequest().getPath().value())) {
            return Mono.error(failure);
        }
        return failure instanceof AgentRefusal refusal
                ? inItsOwnWords(refusal).to(exchange, failure, describe(refusal))
                : answer.to(exchange, failure);
    }

    private FailureAnswer inItsOwnWords(AgentRefusal refusal) {
        return new FailureAnswer(json, MediaType.APPLICATION_JSON, (failure, requestId) -> refusal.receipt());
    }

    private static HttpFailure describe(AgentRefusal refusal) {
        var failure = new HttpFailure(statusOf(refusal.kind()), refusal.sentence());
        Duration wait = waitAfter(refusal.kind());
        return wait.isZero() ? failure : failure.retryAfter(wait);
    }

    private static HttpStatus statusOf(Kind kind) {
        return switch (kind) {
            case BAD_HEADER, BAD_MESSAGE, UNSUPPORTED_PROTOCOL -> HttpStatus.BAD_REQUEST;
            case UNKNOWN_REQUEST, UNKNOWN_AGENT -> HttpStatus.NOT_FOUND;
            case GAP, DUPLICATE_ID -> HttpStatus.CONFLICT;
            case OVER -> HttpStatus.GONE;
            case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case TOO_FAST, TOO_MANY_AGENTS -> HttpStatus.TOO_MANY_REQUESTS;
            case UNSUPPORTED_ENCODING -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
            case DRAINING -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    }

    /** When the same would be taken; never, where it would not. */
    private static Duration waitAfter(Kind kind) {
        return switch (kind) {
            case TOO_FAST -> Duration.ofSeconds(1);
            case DRAINING -> Duration.ofSeconds(2);
            case TOO_MANY_AGENTS -> Duration.ofSeconds(30);
            case DUPLICATE_ID -> Replacements.PAUSE;
            case BAD_HEADER,
                    BAD_MESSAGE,
                    UNSUPPORTED_PROTOCOL,
                    UNKNOWN_REQUEST,
                    UNKNOWN_AGENT,
                    GAP,
                    OVER,
                    TOO_LARGE,
                    UNSUPPORTED_ENCODING -> Duration.ZERO;
        };
    }

    private static Object body(HttpFailure failure, String requestId) {
        return Receipt.refused(failure.field().orElseGet(() -> codeOf(failure.status())), failure.sentence());
    }

    /** The code of a failure that is not of the protocol's making: the name of its status. */
    private static String codeOf(HttpStatusCode status) {
        HttpStatus known = HttpStatus.resolve(status.value());
        return known == null ? "refused" : known.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int getOrder() {
        return BEFORE_PROBLEM_JSON;
    }
}
