package dev.codewise.proxy.status.log;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;

/** Writes the log for people, or as one JSON object for each line where the operator wishes that. Public, because Logback makes it. */
public final class LineEncoder extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = {};

    private String format = "text";
    private String pattern = "%msg%n";
    private Layout<ILoggingEvent> layout = new JsonLine();

    /** Everything but {@code json} is for people: whatever is set wrong, the log has to say so. */
    public void setFormat(String format) {
        this.format = format;
    }

    public void setPattern(String pattern) {
        this.pattern = pattern;
    }

    @Override
    public void start() {
        layout = format.equalsIgnoreCase("json") ? new JsonLine() : forPeople();
        layout.setContext(getContext());
        layout.start();
        super.start();
    }

    private Layout<ILoggingEvent> forPeople() {
        var text = new PatternLayout();
        text.setContext(getContext());
        text.setPattern(pattern);
        return text;
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return layout.doLayout(event).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
