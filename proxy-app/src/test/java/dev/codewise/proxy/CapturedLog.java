package dev.codewise.proxy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What one class logs until this is closed; none of it is printed. */
public final class CapturedLog implements AutoCloseable {

    private final Logger logger;
    private final @Nullable Level level;
    private final Lines lines = new Lines();

    private CapturedLog(Logger logger) {
        this.logger = logger;
        this.level = logger.getLevel();
    }

    public static CapturedLog of(Class<?> source) {
        var log = new CapturedLog((Logger) LoggerFactory.getLogger(source));
        log.lines.start();
        log.logger.setLevel(Level.INFO);
        log.logger.setAdditive(false);
        log.logger.addAppender(log.lines);
        return log;
    }

    /** Each line as its level and its message. */
    public List<String> lines() {
        return List.copyOf(lines.seen);
    }

    @Override
    public void close() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(level);
    }

    private static final class Lines extends AppenderBase<ILoggingEvent> {

        private final List<String> seen = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            seen.add(event.getLevel() + " " + event.getFormattedMessage());
        }
    }
}
