package dev.codewise.agent.claude;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Takes out of claude's words what must not leave this machine: keys, tokens, the home folder, control characters. */
final class Redaction {

    private static final int LONGEST = 1300;
    private static final int SHORTEST_SECRET = 8;
    private static final Pattern SECRET_NAME = Pattern.compile(".*(KEY|TOKEN|SECRET|PASSWORD|HEADERS).*");
    private static final Pattern SECRET_SHAPE = Pattern.compile("sk-[A-Za-z0-9_-]{8,}|cwa_[A-Za-z0-9._-]{8,}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
    private static final Pattern OTHER_HOME = Pattern.compile("/(?:home|Users)/[^/\\s\"':]+|/root(?=/)");

    private final List<String> secrets;
    private final String home;

    Redaction(Map<String, String> environment) {
        this.secrets = environment.entrySet().stream()
                .filter(variable -> SECRET_NAME.matcher(variable.getKey()).matches())
                .map(Map.Entry::getValue)
                .filter(value -> value.length() >= SHORTEST_SECRET)
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
        this.home = environment.getOrDefault("HOME", "");
    }

    /** Cut so that it stays under 4 KiB in any script. */
    String of(String words) {
        var safe = words;
        for (var secret : secrets) {
            safe = safe.replace(secret, "***");
        }
        if (home.length() > 1) {
            safe = safe.replace(home, "~");
        }
        safe = SECRET_SHAPE.matcher(safe).replaceAll("***");
        safe = OTHER_HOME.matcher(safe).replaceAll("~");
        safe = CONTROL.matcher(safe).replaceAll(" ").strip();
        return safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST) + "…";
    }
}
