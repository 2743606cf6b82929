package dev.codewise.agent.cli;

import dev.codewise.agent.run.RunListener;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** Tells the person at the laptop what is going on, a line each; never what is asked or answered. */
final class Console implements RunListener {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\p{Graph} ]");
    private static final int SHOWN_OF_AN_ID = 8;

    private final JsonMapper json = new JsonMapper();
    private final PrintStream out;
    private final LogFormat format;
    private final boolean quiet;

    private enum Level {
        INFO,
        WARN,
        ERROR
    }

    Console(PrintStream out) {
        this(out, LogFormat.TEXT, false);
    }

    /** A quiet one says only what somebody should look at. */
    Console(PrintStream out, LogFormat format, boolean quiet) {
        this.out = out;
        this.format = format;
        this.quiet = quiet;
    }

    void say(String line) {
        say(line, Map.of());
    }

    private void say(String line, Map<String, Object> facts) {
        if (!quiet) {
            print(Level.INFO, line, facts);
        }
    }

    void warn(String line) {
        print(Level.WARN, line, Map.of());
    }

    void problem(String line) {
        print(Level.ERROR, line, Map.of());
    }

    private void print(Level level, String line, Map<String, Object> facts) {
        out.println(
                switch (format) {
                    case TEXT -> (level == Level.ERROR ? "codewise-agent: " : clock() + "  ") + printable(line);
                    case JSON -> object(level, line, facts);
                });
    }

    private String object(Level level, String line, Map<String, Object> facts) {
        var object = new LinkedHashMap<String, Object>();
        object.put("time", Instant.now().toString());
        object.put("level", level.name().toLowerCase(Locale.ROOT));
        object.put("message", printable(line));
        object.putAll(facts);
        return json.writeValueAsString(object);
    }

    private static String clock() {
        return LocalTime.now(ZoneId.systemDefault()).format(CLOCK);
    }

    @Override
    public void started(String requestId, String model) {
        say(
                "request " + brief(requestId) + " started (" + model + ")",
                Map.of("event", "started", "requestId", requestId, "model", model));
    }

    @Override
    public void retrying(String requestId, int attempt, int status) {
        var cause = status == 0 ? "its service cannot be reached" : "its service answers " + status;
        say(
                "request " + brief(requestId) + " goes on: claude tries again (" + attempt + "), for " + cause,
                Map.of("event", "retrying", "requestId", requestId, "attempt", attempt, "status", status));
    }

    @Override
    public void ended(String requestId, RunEnd end) {
        say(
                "request " + brief(requestId) + " " + end.outcome() + " (" + end.model() + ", " + seconds(end.took())
                        + tokens(end) + ")",
                facts(requestId, end));
    }

    private static Map<String, Object> facts(String requestId, RunEnd end) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("event", "ended");
        facts.put("requestId", requestId);
        facts.put("model", end.model());
        facts.put("outcome", end.outcome());
        facts.put("ms", end.took().toMillis());
        facts.put("inputTokens", end.inputTokens());
        facts.put("outputTokens", end.outputTokens());
        return facts;
    }

    private static String tokens(RunEnd end) {
        return end.outputTokens() == 0 ? "" : ", " + end.inputTokens() + " tokens in, " + end.outputTokens() + " out";
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }

    /** Its end: what an id begins with is the same in all of one proxy's. */
    private static String brief(String requestId) {
        var hidden = requestId.length() - SHOWN_OF_AN_ID;
        return hidden > 0 ? ".." + requestId.substring(hidden) : requestId;
    }

    /** What came over the network must not move the cursor. */
    private static String printable(String line) {
        return UNPRINTABLE.matcher(line).replaceAll("?");
    }
}
