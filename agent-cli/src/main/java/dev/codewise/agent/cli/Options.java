package dev.codewise.agent.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options as they were typed. */
final class Options {

    @Option(
            names = "--url",
            paramLabel = "<url>",
            description = "Address of the proxy, such as http://127.0.0.1:8080. Or CODEWISE_URL.")
    @Nullable
    String url;

    @Option(
            names = "--secret",
            paramLabel = "<secret>",
            description =
                    "The proxy's AGENT_SECRET, or a token of this agent. Other users of this machine can read a command line:"
                            + " prefer --secret-file or AGENT_SECRET.")
    @Nullable
    String secret;

    @Option(names = "--secret-file", paramLabel = "<file>", description = "File whose first line is the secret.")
    @Nullable
    Path secretFile;

    @Option(
            names = "--ca-file",
            paramLabel = "<file>",
            description = "Certificates in PEM that are trusted besides Java's own, for a proxy whose https has one of"
                    + " your own making. An HTTPS_PROXY on the way is taken from the environment, as is NO_PROXY.")
    @Nullable
    Path caFile;

    @Option(
            names = "--agent-id",
            paramLabel = "<id>",
            description = "Name of this agent, one per machine. Default: that of its token, else the host name.")
    @Nullable
    String agentId;

    @Option(
            names = "--claude",
            paramLabel = "<file>",
            description = "The claude executable, or a script that starts it. Default: claude on the PATH.")
    @Nullable
    String claude;

    @Option(
            names = "--max-concurrency",
            paramLabel = "<n>",
            description = "Requests answered at the same time, 1 to 64. Default: 4.")
    int maxConcurrency = 4;

    @Option(
            names = "--warm",
            paramLabel = "<n>",
            description = "Claude processes that wait, started, for requests of the models asked for most, 0 to 16:"
                    + " an answer then begins about a second sooner. Each takes about 155 MB of memory, is used for one"
                    + " request, and is replaced after 10 minutes of waiting. Default: 1.")
    int warm = 1;

    @Option(
            names = "--park-minutes",
            paramLabel = "<n>",
            description = "How long a claude process waits for its client to run the tools that the model has called,"
                    + " 1 to 60, to go on at once; without it, claude is started anew with all that was said. 0 for not"
                    + " at all. No more than 16 wait, and they take no place of --max-concurrency. Default: 5.")
    int parkMinutes = 5;

    @Option(
            names = "--parked-memory",
            paramLabel = "<MB>",
            description =
                    "Memory that waiting processes may take together, about 210 MB each; beyond it those that have"
                            + " waited longest are ended. Default: 1000.")
    int parkedMemory = 1000;

    @Option(
            names = "--hours",
            paramLabel = "<from-to>",
            description = "Hours of the day in which requests are taken, in the time of this machine, such as 9-18"
                    + " or 22-6. Default: all.")
    @Nullable
    String hours;

    @Option(
            names = "--max-requests-per-hour",
            paramLabel = "<n>",
            description = "Requests taken in any hour; the proxy sends the others elsewhere. Default: 0, no limit.")
    int maxRequestsPerHour;

    @Option(names = "--quiet", description = "Say only what somebody should look at: nothing about single requests.")
    boolean quiet;

    @Option(
            names = "--log-format",
            paramLabel = "<format>",
            description = "text, or json: one object a line, for programs to read. Default: text.")
    String logFormat = "text";

    @Option(
            names = "--models",
            paramLabel = "<model>",
            split = ",",
            description = "Models this agent answers for, separated by commas. Default: all that claude offers.")
    List<String> models = List.of();

    /** The options that hold on their own, as they would be typed. */
    List<String> asTyped() {
        var typed = new ArrayList<>(List.of(
                "--max-concurrency", Integer.toString(maxConcurrency),
                "--warm", Integer.toString(warm),
                "--park-minutes", Integer.toString(parkMinutes),
                "--parked-memory", Integer.toString(parkedMemory),
                "--max-requests-per-hour", Integer.toString(maxRequestsPerHour),
                "--log-format", logFormat));
        if (!models.isEmpty()) {
            typed.addAll(List.of("--models", String.join(",", models)));
        }
        if (hours != null) {
            typed.addAll(List.of("--hours", hours));
        }
        if (caFile != null) {
            typed.addAll(List.of("--ca-file", caFile.toAbsolutePath().toString()));
        }
        if (quiet) {
            typed.add("--quiet");
        }
        return typed;
    }
}
