package dev.codewise.agent.cli;

import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command line of the agent. */
@Command(
        name = "codewise-agent",
        description = "Answers the requests of a Codewise proxy by driving the claude of this machine.",
        mixinStandardHelpOptions = true,
        versionProvider = AgentVersion.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:ended on request (Ctrl-C, SIGTERM or SIGHUP), after what was running",
            "1:an unexpected failure of this program",
            "2:an option is wrong",
            "3:claude is missing or unusable",
            "4:the proxy refuses the secret, or the token",
            "5:another agent has taken this agent's id",
            "6:the proxy refuses this agent, such as its id",
            "7:doctor: claude is not logged in",
            "8:doctor: the proxy cannot be reached",
            "9:doctor: claude reads files of this machine, or takes a text for a command",
            "10:the operator of the proxy has disconnected this agent",
            "130:stopped at once (second Ctrl-C or SIGTERM)"
        })
final class AgentCommand implements Callable<Integer> {

    @Mixin
    Options options = new Options();

    private final Map<String, String> environment;
    private final PrintStream out;

    AgentCommand(Map<String, String> environment, PrintStream out) {
        this.environment = environment;
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException {
        var reader = new SettingsReader(options, environment);
        try {
            var console = new Console(out, reader.logFormat(), options.quiet);
            return new Agent(reader.read(), reader.http(), environment, console)
                    .run()
                    .number();
        } catch (SettingsException e) {
            new Console(out).problem(String.valueOf(e.getMessage()));
            return ExitCode.USAGE.number();
        }
    }
}
