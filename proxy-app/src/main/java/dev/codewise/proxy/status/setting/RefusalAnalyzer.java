package dev.codewise.proxy.status.setting;

import dev.codewise.proxy.home.HomeUnusableException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;

/** Finds the sentence of those failures that are one: they end a start on purpose and say what to do. */
final class RefusalAnalyzer implements FailureAnalyzer, Ordered {

    private static final List<Class<? extends Throwable>> SENTENCES =
            List.of(StartRefusedException.class, HomeUnusableException.class);

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        return Causes.of(failure)
                .filter(cause -> SENTENCES.contains(cause.getClass()))
                .findFirst()
                .map(cause -> new FailureAnalysis(String.valueOf(cause.getMessage()), null, failure))
                .orElse(null);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
