package dev.codewise.proxy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What one logger, and those below it, say until this is closed; none of it is printed. */
public final class CapturedLog implements AutoCloseable {

    private final Logger logger;
    private final Level before;
    private final List<Appender<ILoggingEvent>> usual = new ArrayList<>();
    private final Map<Logger, Level> raised = new HashMap<>();
    private final Events events = new Events();

    private CapturedLog(String name, Level level) {
        this.logger = (Logger) LoggerFactory.getLogger(name);
        this.before = logger.getLevel();
        logger.iteratorForAppenders().forEachRemaining(usual::add);
        usual.forEach(logger::detachAppender);
        events.start();
        logger.addAppender(events);
        logger.setAdditive(false);
        logger.setLevel(level);
    }

    public static CapturedLog of(Class<?> source) {
        return new CapturedLog(source.getName(), Level.INFO);
    }

    public static CapturedLog of(String source) {
        return new CapturedLog(source, Level.INFO);
    }

    /** Everything that anybody says, down to DEBUG, whatever an earlier test has turned down. */
    public static CapturedLog ofAnybody() {
        var root = new CapturedLog(org.slf4j.Logger.ROOT_LOGGER_NAME, Level.DEBUG);
        root.logger.getLoggerContext().getLoggerList().stream()
                .filter(other -> other != root.logger && other.getLevel() != null)
                .forEach(root::raise);
        return root;
    }

    private void raise(Logger other) {
        raised.put(other, other.getLevel());
        other.setLevel(null);
    }

    public List<ILoggingEvent> events() {
        return List.copyOf(events.seen);
    }

    /** Each event as its level and its message. */
    public List<String> lines() {
        return events.seen.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(events);
        usual.forEach(logger::addAppender);
        logger.setAdditive(true);
        logger.setLevel(before);
        raised.forEach(Logger::setLevel);
    }

    private static final class Events extends AppenderBase<ILoggingEvent> {

        private final List<ILoggingEvent> seen = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            seen.add(event);
        }
    }
}
