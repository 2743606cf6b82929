package dev.codewise.proxy.status.log;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The exception of a log event below its line: what it says is escaped, so that only its frames are lines, and there
 * are not many of them. Public, because Logback makes it.
 */
public final class TraceConverter extends ThrowableHandlingConverter {

    private static final int LONGEST_CHAIN = 50;

    /** The last of them is always the innermost, because a framework wraps what is wrong many times over. */
    private static final int MOST_CAUSES = 5;

    private static final int MOST_FRAMES = 20;
    private static final int MOST_BYTES_SAID = 1_000;

    @Override
    public String convert(ILoggingEvent event) {
        List<IThrowableProxy> chain = Stream.iterate(
                        event.getThrowableProxy(), Objects::nonNull, IThrowableProxy::getCause)
                .limit(LONGEST_CHAIN)
                .toList();
        Stream<IThrowableProxy> outer = chain.stream().limit(MOST_CAUSES - 1);
        Stream<IThrowableProxy> innermost = chain.stream().skip(Math.max(MOST_CAUSES, chain.size()) - 1);
        return Stream.concat(outer, innermost).map(TraceConverter::lines).collect(Collectors.joining());
    }

    private static String lines(IThrowableProxy thrown) {
        String said = PrintableText.of(thrown.getClassName() + ": " + thrown.getMessage(), MOST_BYTES_SAID);
        return Stream.of(thrown.getStackTraceElementProxyArray())
                .limit(MOST_FRAMES)
                .map(StackTraceElementProxy::getSTEAsString)
                .map("\n        "::concat)
                .collect(Collectors.joining("", "\n    " + said, ""));
    }
}
