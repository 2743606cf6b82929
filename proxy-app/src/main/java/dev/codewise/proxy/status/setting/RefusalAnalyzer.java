package dev.codewise.proxy.status.setting;

import dev.codewise.proxy.database.DatabaseUnusableException;
import dev.codewise.proxy.home.HomeUnusableException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;

/**
 * Finds the sentence of those failures that are one: they end a start on purpose and say what to do. So do all illegal
 * arguments that our own code complains of while it is being put together, for all it is given is settings.
 */
final class RefusalAnalyzer implements FailureAnalyzer, Ordered {

    private static final String OUR_PACKAGES = "dev.codewise.";
    private static final List<Class<? extends Throwable>> SENTENCES =
            List.of(StartRefusedException.class, HomeUnusableException.class, DatabaseUnusableException.class);

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        return Causes.of(failure)
                .filter(RefusalAnalyzer::isSentence)
                .findFirst()
                .map(cause -> new FailureAnalysis(String.valueOf(cause.getMessage()), null, failure))
                .orElse(null);
    }

    private static boolean isSentence(Throwable cause) {
        return SENTENCES.contains(cause.getClass()) || (cause instanceof IllegalArgumentException && isOurs(cause));
    }

    private static boolean isOurs(Throwable cause) {
        StackTraceElement[] frames = cause.getStackTrace();
        return frames.length > 0 && frames[0].getClassName().startsWith(OUR_PACKAGES);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
