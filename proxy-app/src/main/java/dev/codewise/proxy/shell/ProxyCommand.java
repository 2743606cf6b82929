package dev.codewise.proxy.shell;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the jar can do beside running a proxy. */
@Command(
        name = "java -jar codewise-proxy.jar",
        synopsisSubcommandLabel = "[serve | migrate | COMMAND]",
        header = "Runs a Codewise proxy, or does what another word asks for.",
        descriptionHeading = "%n",
        description = {
            "  serve      starts the proxy; so does no word at all",
            "  migrate    waits for the database, brings it up to date, and ends",
            "",
            "The commands below work in the database of the proxy, whether one runs or not: that of DATABASE_URL,"
                    + " or the embedded one under CODEWISE_HOME (default: ~/.codewise). Run them with the same variables,"
                    + " and as the same user, as the proxy."
        },
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:not done; the reason is on stderr", "2:the command line is wrong"})
final class ProxyCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a word is missing");
    }
}
