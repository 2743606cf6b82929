package dev.codewise.proxy.status.setting;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.env.Environment;

/** Turns a value that could not become a setting into one sentence: which variable, what it holds, what to do. */
final class WrongValueAnalyzer extends AbstractFailureAnalyzer<BindException> implements Ordered {

    private static final Kind WHOLE_NUMBER = new Kind("a whole number", "100");
    private static final Map<Class<?>, Kind> KINDS = Map.of(
            Duration.class,
            new Kind("a duration", "120s"),
            int.class,
            WHOLE_NUMBER,
            Integer.class,
            WHOLE_NUMBER,
            long.class,
            WHOLE_NUMBER,
            double.class,
            new Kind("a number", "0.1"),
            InetAddress.class,
            new Kind("an address", "127.0.0.1"),
            URI.class,
            new Kind("a URL", "https://api.anthropic.com"));

    private final Environment environment;

    WrongValueAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException failure) {
        return Causes.of(failure)
                .filter(ConversionFailedException.class::isInstance)
                .map(ConversionFailedException.class::cast)
                .map(conversion -> sentence(Variable.of(failure, environment), conversion))
                .map(sentence -> new FailureAnalysis(sentence, null, rootFailure))
                .findFirst()
                .orElse(null);
    }

    private static String sentence(Variable variable, ConversionFailedException failure) {
        Class<?> type = failure.getTargetType().getType();
        Kind kind =
                KINDS.getOrDefault(type, new Kind("what is expected (" + type.getSimpleName() + ")", "the default"));
        return variable.with(failure.getValue()) + " is not " + kind.what() + ": use one such as "
                + variable.example().orElse(kind.example()) + ".";
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    /** What a value should have been. */
    private record Kind(String what, String example) {}
}
