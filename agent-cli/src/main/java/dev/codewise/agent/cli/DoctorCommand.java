package dev.codewise.agent.cli;

import dev.codewise.agent.claude.Claude;
import dev.codewise.agent.doctor.JavaCheck;
import dev.codewise.agent.doctor.LoginCheck;
import dev.codewise.agent.doctor.ProgramCheck;
import dev.codewise.agent.doctor.ProtectionCheck;
import dev.codewise.agent.doctor.ProxyCheck;
import dev.codewise.agent.doctor.SecretCheck;
import dev.codewise.protocol.Protocol;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what keeps an agent with these options from working, without connecting one. */
@Command(
        name = "doctor",
        description =
                "Checks Java, claude and its login, the proxy and the secret, and that claude reads no file because"
                        + " a text names it; and says what is wrong. Takes the options of the agent. Asks no model, costs nothing.",
        mixinStandardHelpOptions = true,
        versionProvider = AgentVersion.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes, of the first thing that is wrong:%n",
        exitCodeList = {
            "0:an agent would work",
            "2:an option is wrong or missing",
            "3:claude is missing or unusable",
            "4:the proxy refuses the secret",
            "7:claude is not logged in",
            "8:the proxy cannot be reached",
            "9:claude reads files of this machine, or takes a text for a command"
        })
final class DoctorCommand implements Callable<Integer> {

    @Mixin
    Options options = new Options();

    private final Map<String, String> environment;
    private final PrintStream out;

    DoctorCommand(Map<String, String> environment, PrintStream out) {
        this.environment = environment;
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException {
        var settings = new SettingsReader(options, environment);
        var visit = new Visit(out);
        visit.examine("Java", new JavaCheck(), ExitCode.FAILED);
        var claudeWorks = examineClaude(visit, settings.claude());
        examineProxy(visit, settings);
        if (claudeWorks) {
            var protection = new ProtectionCheck(settings.claude(), environment);
            visit.examine("files", protection, ExitCode.UNPROTECTED);
        }
        return visit.result().number();
    }

    private boolean examineClaude(Visit visit, String executable) throws InterruptedException {
        try (var claude = new Claude(executable, environment)) {
            var works = visit.examine("claude", new ProgramCheck(claude), ExitCode.CLI_UNUSABLE);
            if (works) {
                visit.examine("login", new LoginCheck(claude, environment), ExitCode.NOT_LOGGED_IN);
            }
            return works;
        }
    }

    private void examineProxy(Visit visit, SettingsReader settings) throws InterruptedException {
        try {
            var proxy = settings.proxy();
            var http = settings.http();
            var health = new ProxyCheck(http, proxy.endpoint("/api/health"));
            if (visit.examine("proxy", health, ExitCode.PROXY_UNREACHABLE)) {
                var secret =
                        new SecretCheck(http, proxy.endpoint(Protocol.RESPONSE_PATH), proxy.secret(), proxy.agentId());
                visit.examine("secret", secret, ExitCode.SECRET_REFUSED);
            }
        } catch (SettingsException e) {
            visit.broken("options", String.valueOf(e.getMessage()), ExitCode.USAGE);
        }
    }
}
