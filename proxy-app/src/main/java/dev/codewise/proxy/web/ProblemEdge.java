package dev.codewise.proxy.web;

import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Answers every failure that no module's own edge has taken, as problem JSON (RFC 9457). */
final class ProblemEdge implements WebExceptionHandler, Ordered {

    /** After the edges of the modules, before the framework's own at -1. */
    private static final int AFTER_ALL_OF_OURS = -10;

    private final FailureAnswer answer;

    ProblemEdge(JsonMapper json) {
        this.answer = new FailureAnswer(json, MediaType.APPLICATION_PROBLEM_JSON, Problem::of);
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        return answer.to(exchange, failure);
    }

    @Override
    public int getOrder() {
        return AFTER_ALL_OF_OURS;
    }

    /** The members of RFC 9457, and which request it was. */
    record Problem(String type, String title, int status, String detail, String requestId) {

        static Problem of(HttpFailure failure, String requestId) {
            int status = failure.status().value();
            return new Problem("about:blank", title(HttpStatus.resolve(status)), status, failure.sentence(), requestId);
        }

        private static String title(@Nullable HttpStatus status) {
            return status == null ? "Failure" : status.getReasonPhrase();
        }
    }
}
