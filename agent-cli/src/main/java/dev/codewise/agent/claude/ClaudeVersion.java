package dev.codewise.agent.claude;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** The version of claude, as it was printed and as numbers. */
public record ClaudeVersion(String printed) {

    /** The oldest one whose output and control channel are those that are spoken here. */
    private static final int[] OLDEST_KNOWN = {2, 1, 118};

    private static final int LONGEST = 64;
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})\\b.*");
    private static final Pattern UNPRINTABLE = Pattern.compile("[^ -~]");

    static ClaudeVersion of(byte[] line) {
        var printed = UNPRINTABLE
                .matcher(new String(line, StandardCharsets.UTF_8))
                .replaceAll("")
                .strip();
        return new ClaudeVersion(printed.substring(0, Math.min(LONGEST, printed.length())));
    }

    /** Whether this is a version of claude at all. */
    public boolean isKnown() {
        return SHAPE.matcher(printed).matches();
    }

    public boolean isOld() {
        var shape = SHAPE.matcher(printed);
        if (!shape.matches()) {
            return true;
        }
        var numbers = new int[] {
            Integer.parseInt(shape.group(1)), Integer.parseInt(shape.group(2)), Integer.parseInt(shape.group(3))
        };
        return Arrays.compare(numbers, OLDEST_KNOWN) < 0;
    }
}
