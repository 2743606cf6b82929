package dev.codewise.proxy.web;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import tools.jackson.core.JacksonException;

/** Our words for what the framework refuses; its own ones name classes and methods. */
final class FrameworkFailures {

    private FrameworkFailures() {}

    static HttpFailure describe(ErrorResponse known, Throwable failure) {
        if (cause(failure, DataBufferLimitException.class).isPresent()) {
            return new HttpFailure(HttpStatus.CONTENT_TOO_LARGE, sentenceFor(HttpStatus.CONTENT_TOO_LARGE));
        }
        if (failure instanceof ServerWebInputException input) {
            return ofInput(input);
        }
        if (failure instanceof HandlerMethodValidationException invalid) {
            return ofParameters(invalid);
        }
        return new HttpFailure(known.getStatusCode(), sentence(known, failure)).withHeaders(known.getHeaders());
    }

    /** Of the first that is at fault, with the rule that its annotation tells. */
    private static HttpFailure ofParameters(HandlerMethodValidationException failure) {
        return failure.getParameterValidationResults().stream()
                .findFirst()
                .map(FrameworkFailures::ofParameter)
                .orElseGet(() -> invalid(sentenceFor(HttpStatus.BAD_REQUEST)));
    }

    private static HttpFailure ofParameter(ParameterValidationResult result) {
        String name = String.valueOf(result.getMethodParameter().getParameterName());
        String rule = String.valueOf(result.getResolvableErrors().get(0).getDefaultMessage());
        return invalid("\"" + name + "\" " + rule + ".").withField(name);
    }

    private static String sentence(ErrorResponse known, Throwable failure) {
        if (failure instanceof MethodNotAllowedException method) {
            return "This path answers to " + list(method.getSupportedMethods()) + ".";
        }
        if (failure instanceof UnsupportedMediaTypeStatusException type) {
            return "The body must be " + list(type.getSupportedMediaTypes()) + ".";
        }
        if (failure instanceof NotAcceptableStatusException accept) {
            return "The answer can only be " + list(accept.getSupportedMediaTypes()) + ".";
        }
        return sentenceFor(known.getStatusCode());
    }

    private static String sentenceFor(HttpStatusCode status) {
        return switch (status.value()) {
            case 400 -> "The request is not valid.";
            case 404 -> "Nothing is served at this path.";
            case 413 -> "The body is larger than this path takes.";
            case 429 -> "There are too many requests. Try again later.";
            case 503 -> "This cannot be answered now. Try again later.";
            default ->
                status.is4xxClientError()
                        ? "The request cannot be served as it is."
                        : "Something went wrong here. The log has it under this request id.";
        };
    }

    private static HttpFailure ofInput(ServerWebInputException input) {
        if (input instanceof MissingRequestValueException missing) {
            return invalid("The " + missing.getLabel() + " \"" + missing.getName() + "\" is missing.")
                    .withField(missing.getName());
        }
        if (input instanceof WebExchangeBindException binding) {
            return ofBinding(binding);
        }
        return cause(input, JacksonException.class)
                .map(JsonFailure::of)
                .or(() -> cause(input, TypeMismatchException.class).map(FrameworkFailures::ofType))
                .orElseGet(() -> invalid("The body is missing, or not what this path reads."));
    }

    private static HttpFailure ofBinding(WebExchangeBindException binding) {
        return binding.getFieldErrors().stream()
                .min(Comparator.comparing(FieldError::getField))
                .map(error -> invalid("\"" + error.getField() + "\" " + error.getDefaultMessage() + ".")
                        .withField(error.getField()))
                .orElseGet(() -> invalid(sentenceFor(HttpStatus.BAD_REQUEST)));
    }

    private static HttpFailure ofType(TypeMismatchException type) {
        String name = type.getPropertyName();
        return name == null
                ? invalid("A parameter has a value of the wrong kind.")
                : invalid("\"" + name + "\" has a value of the wrong kind.").withField(name);
    }

    private static HttpFailure invalid(String sentence) {
        return new HttpFailure(HttpStatus.BAD_REQUEST, sentence);
    }

    private static String list(@Nullable Collection<?> names) {
        if (names == null || names.isEmpty()) {
            return "something else";
        }
        return names.stream().map(Object::toString).sorted().collect(Collectors.joining(" or "));
    }

    private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return Optional.of(type.cast(each));
            }
        }
        return Optional.empty();
    }
}
