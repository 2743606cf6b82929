package dev.codewise.proxy.shell;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.io.PrintWriter;
import java.util.Map;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The words of the jar for an operator with a shell; each does what it says in the proxy's database, prints it, and ends. */
public final class Shell {

    /** What a word ends with: scripts rely on it. */
    static final int DONE = 0;

    static final int NOT_DONE = 1;
    static final int WRONG_USE = 2;

    private final CommandLine words;

    Shell(Map<String, String> variables) {
        var place = new Place(variables);
        var keys = new CommandLine(new KeysCommand())
                .addSubcommand(new CreateKey(place))
                .addSubcommand(new ListKeys(place))
                .addSubcommand(new RotateKey(place))
                .addSubcommand(new RevokeKey(place));
        words = new CommandLine(
                        CommandSpec.forAnnotatedObject(new ProxyCommand()).addOption(help()))
                .addSubcommand(keys)
                .addSubcommand(new UsageCommand(place))
                .setParameterExceptionHandler(Shell::wrongUse)
                .setExecutionExceptionHandler(Shell::notDone)
                .setUsageHelpAutoWidth(true);
    }

    /** Behind every word. */
    private static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .scopeType(ScopeType.INHERIT)
                .description("Shows this; behind a command, what that takes.")
                .build();
    }

    /** The exit code. */
    public static int run(String... words) {
        silenceLog();
        return new Shell(System.getenv()).execute(words);
    }

    /** What went wrong is said by the word itself, and what went well is for scripts to read. */
    private static void silenceLog() {
        ILoggerFactory loggers = LoggerFactory.getILoggerFactory();
        if (loggers instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        }
    }

    /** As if these were what it prints to. */
    Shell printingTo(PrintWriter out, PrintWriter err) {
        words.setOut(out).setErr(err);
        return this;
    }

    int execute(String... arguments) {
        return words.execute(arguments);
    }

    private static int wrongUse(ParameterException failure, String[] arguments) {
        var word = failure.getCommandLine();
        word.getErr().println(word.getCommandSpec().qualifiedName() + ": " + sentence(failure));
        word.usage(word.getErr());
        return WRONG_USE;
    }

    private static String sentence(ParameterException failure) {
        return failure instanceof UnmatchedArgumentException unknown
                ? "there is no \"" + unknown.getUnmatched().get(0) + "\" here."
                : failure.getMessage() + ".";
    }

    private static int notDone(Exception failure, CommandLine word, ParseResult parsed) {
        word.getErr().println(word.getCommandSpec().qualifiedName() + ": " + Place.sentence(failure));
        return NOT_DONE;
    }
}
