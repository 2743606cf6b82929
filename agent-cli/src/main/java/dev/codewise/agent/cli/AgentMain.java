package dev.codewise.agent.cli;

import java.io.PrintStream;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The program {@code codewise-agent}. */
public final class AgentMain {

    private AgentMain() {}

    public static void main(String[] args) {
        System.exit(commandLine(System.getenv(), System.out).execute(args));
    }

    static CommandLine commandLine(Map<String, String> environment, PrintStream out) {
        return new CommandLine(new AgentCommand(environment, out))
                .addSubcommand(new DoctorCommand(environment, out))
                .addSubcommand(new InstallCommand(environment, out))
                .setParameterExceptionHandler(AgentMain::wrongOption)
                .setExecutionExceptionHandler(AgentMain::failed)
                .setUsageHelpAutoWidth(true);
    }

    private static int wrongOption(ParameterException failure, String[] arguments) {
        failure.getCommandLine()
                .getErr()
                .println("codewise-agent: " + failure.getMessage() + "; --help lists the options");
        return ExitCode.USAGE.number();
    }

    private static int failed(Exception failure, CommandLine commandLine, ParseResult parsed) {
        commandLine.getErr().println("codewise-agent: failed unexpectedly: " + failure);
        return ExitCode.FAILED.number();
    }
}
