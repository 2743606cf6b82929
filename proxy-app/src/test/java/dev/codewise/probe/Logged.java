package dev.codewise.probe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** What one logger and those below it say while this is open; the output of the tests stays silent about it. */
public final class Logged implements AutoCloseable {

    private final Logger logger;
    private final Level before;
    private final boolean additive;
    private final List<Appender<ILoggingEvent>> usual = new ArrayList<>();
    private final Map<Logger, Level> raised = new HashMap<>();
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();

    private Logged(String name, Level level) {
        this.logger = (Logger) LoggerFactory.getLogger(name);
        this.before = logger.getLevel();
        this.additive = logger.isAdditive();
        logger.iteratorForAppenders().forEachRemaining(usual::add);
        usual.forEach(logger::detachAppender);
        events.start();
        logger.addAppender(events);
        logger.setAdditive(false);
        logger.setLevel(level);
    }

    public static Logged by(Class<?> type) {
        return new Logged(type.getName(), Level.INFO);
    }

    /** Everything, down to DEBUG, whatever an earlier test has turned down. */
    public static Logged byAnybody() {
        var root = new Logged(org.slf4j.Logger.ROOT_LOGGER_NAME, Level.DEBUG);
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
        synchronized (events) {
            return List.copyOf(events.list);
        }
    }

    @Override
    public void close() {
        logger.detachAppender(events);
        usual.forEach(logger::addAppender);
        logger.setAdditive(additive);
        logger.setLevel(before);
        raised.forEach(Logger::setLevel);
    }
}
