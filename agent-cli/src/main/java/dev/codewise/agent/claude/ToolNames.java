package dev.codewise.agent.claude;

import dev.codewise.agent.claude.Toolbox.Tool;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names under which claude and its model know the client's tools: with claude's own prefix, of characters that it leaves alone,
 * and no longer than the API takes. No two tools share one.
 */
final class ToolNames {

    /** What claude calls the server that all of the client's tools belong to. */
    static final String SERVER = "c";

    /** Names the tools of that server, and no other, on claude's command line. */
    static final String ALL = "mcp__" + SERVER;

    private static final String PREFIX = ALL + "__";
    private static final int LONGEST = 64 - PREFIX.length();
    private static final int HASH_DIGITS = 12;
    private static final Pattern KEPT = Pattern.compile("[a-zA-Z0-9_-]{1," + LONGEST + "}");
    private static final Pattern FOREIGN = Pattern.compile("[^a-zA-Z0-9_-]");

    /** A name that looks like one made here must be replaced too, or two tools could be given one name. */
    private static final Pattern LIKE_REPLACED = Pattern.compile(".*_[0-9a-f]{" + HASH_DIGITS + "}");

    private final Map<String, String> clientNames;

    ToolNames(List<Tool> tools) {
        clientNames = tools.stream()
                .map(Tool::name)
                .distinct()
                .collect(Collectors.toMap(ToolNames::seen, Function.identity()));
    }

    /** What the model sees; the same for every conversation, so that it holds for history too. */
    static String seen(String name) {
        return PREFIX + bare(name);
    }

    /** The same without claude's prefix, as claude is told it. */
    static String bare(String name) {
        return KEPT.matcher(name).matches() && !LIKE_REPLACED.matcher(name).matches() ? name : replacement(name);
    }

    /** The client's own name of a tool that the model has called; none where it is not the client's. */
    Optional<String> clientName(String seen) {
        return Optional.ofNullable(clientNames.get(seen));
    }

    boolean isEmpty() {
        return clientNames.isEmpty();
    }

    /** Whether the model can see all of them, if it sees these. */
    boolean areAmong(Set<String> seen) {
        return seen.containsAll(clientNames.keySet());
    }

    private static String replacement(String name) {
        var readable = FOREIGN.matcher(name).replaceAll("_");
        var room = LONGEST - HASH_DIGITS - 1;
        return readable.substring(0, Math.min(room, readable.length())) + "_" + hash(name);
    }

    private static String hash(String name) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
