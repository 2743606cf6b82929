package dev.codewise.proxy.shell;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be done with keys. */
@Command(name = "keys", header = "Makes, lists, renews and revokes API keys.", synopsisSubcommandLabel = "COMMAND")
final class KeysCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "one of the commands below is missing");
    }
}
