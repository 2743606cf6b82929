package dev.codewise.proxy.completion;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What one class logs, kept from the console until it is released. */
final class CapturedLog {

    private final Logger logger;
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    CapturedLog(Class<?> type) {
        logger = (Logger) LoggerFactory.getLogger(type);
        logger.setAdditive(false);
        logger.addAppender(lines);
        lines.start();
    }

    List<ILoggingEvent> release() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        return List.copyOf(lines.list);
    }
}
