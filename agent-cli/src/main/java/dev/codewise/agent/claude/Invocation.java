package dev.codewise.agent.claude;

import dev.codewise.agent.claude.ClaudeException.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The command line and the environment of claude. Both are fixed lists: of a request only the name of the model gets onto the
 * command line, and of this program's environment only what claude needs to log in and to reach its service.
 */
final class Invocation {

    private static final List<String> CHAT_ARGUMENTS = List.of(
            "-p",
            "--output-format",
            "stream-json",
            "--verbose",
            "--include-partial-messages",
            "--input-format",
            "stream-json",
            "--tools",
            "",
            "--strict-mcp-config",
            "--setting-sources",
            "",
            "--disable-slash-commands",
            "--no-session-persistence",
            // the client's own tools, where a prompt brings some: claude leaves them to this program without asking
            "--allowedTools",
            ToolNames.ALL);

    private static final Set<String> PASSED_ON = Set.of(
            "PATH",
            "HOME",
            "LANG",
            "TERM",
            "TMPDIR",
            "TZ",
            "USER",
            "LOGNAME",
            "SHELL",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR");

    private static final Pattern PASSED_ON_TOO =
            Pattern.compile("ANTHROPIC_.*|CLAUDE_.*|LC_.*|XDG_.*|NODE_EXTRA_CA_CERTS|(?i:(https?|all|no)_proxy)");

    private static final Map<String, String> FIXED = Map.of(
            // no side traffic
            "DISABLE_TELEMETRY", "1",
            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1",
            "DISABLE_AUTOUPDATER", "1",
            // a broken stream would be answered anew, contradicting what has been sent
            "CLAUDE_CODE_DISABLE_NONSTREAMING_FALLBACK", "1",
            "CLAUDE_CODE_MAX_RETRIES", "2",
            // nothing of this machine enters a prompt; without the first of these "@/etc/passwd" would
            "CLAUDE_CODE_DISABLE_ATTACHMENTS", "1",
            "CLAUDE_CODE_DISABLE_CLAUDE_MDS", "1",
            "CLAUDE_CODE_DISABLE_AUTO_MEMORY", "1",
            "DISABLE_COMPACT", "1",
            "ENABLE_TOOL_SEARCH", "false");

    private final String executable;
    private final Map<String, String> inherited;
    private final Executables programs;

    Invocation(String executable, Map<String, String> inherited) {
        this.executable = executable;
        this.inherited = Map.copyOf(inherited);
        this.programs = new Executables(inherited.getOrDefault("PATH", ""));
    }

    List<String> versionCommand() {
        return List.of(program(), "--version");
    }

    List<String> loginCommand() {
        return List.of(program(), "auth", "status");
    }

    List<String> chatCommand(String model) {
        var command = new ArrayList<String>();
        // Where there is none, Ctrl-C in this program's terminal reaches claude too, and cuts the answer that may still
        // finish.
        programs.find("setsid").ifPresent(command::add);
        command.add(program());
        command.addAll(CHAT_ARGUMENTS);
        command.add("--model");
        command.add(model);
        return command;
    }

    private String program() {
        return programs.find(executable)
                .orElseThrow(() -> new ClaudeException(Kind.NOT_FOUND, "there is no claude on the agent's machine"));
    }

    Map<String, String> environment() {
        var environment = new HashMap<>(inherited);
        environment.keySet().removeIf(name -> !isPassedOn(name));
        environment.putAll(FIXED);
        return environment;
    }

    private static boolean isPassedOn(String name) {
        return PASSED_ON.contains(name) || PASSED_ON_TOO.matcher(name).matches();
    }
}
