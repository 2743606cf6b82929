package dev.codewise.agent.cli;

import dev.codewise.agent.run.RunListener;
import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells the person at the laptop what is going on, a line each; never what is asked or answered. */
final class Console implements RunListener {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\p{Graph} ]");
    private static final int SHOWN_OF_AN_ID = 8;

    private final PrintStream out;

    Console(PrintStream out) {
        this.out = out;
    }

    void say(String line) {
        out.println(LocalTime.now(ZoneId.systemDefault()).format(CLOCK) + "  " + printable(line));
    }

    void problem(String line) {
        out.println("codewise-agent: " + printable(line));
    }

    @Override
    public void started(String requestId, String model) {
        say("request " + brief(requestId) + " started (" + model + ")");
    }

    @Override
    public void ended(String requestId, RunEnd end) {
        say("request " + brief(requestId) + " " + end.outcome() + " (" + end.model() + ", " + seconds(end.took())
                + tokens(end) + ")");
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
