package dev.codewise.agent.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the file by which this system starts the agent by itself. */
@Command(
        name = "install-service",
        description = "Lets this system start an agent with these options when you log in: writes a systemd user unit,"
                + " or on macOS a launchd agent. The secret has to be in a --secret-file, which is named there.",
        mixinStandardHelpOptions = true,
        versionProvider = AgentVersion.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the file was written or printed", "1:it cannot be written", "2:an option is wrong or missing"
        })
final class InstallCommand implements Callable<Integer> {

    @Option(names = "--print", description = "Only print the file.")
    boolean print;

    @Mixin
    Options options = new Options();

    private final Map<String, String> environment;
    private final PrintStream out;

    InstallCommand(Map<String, String> environment, PrintStream out) {
        this.environment = environment;
        this.out = out;
    }

    @Override
    public Integer call() {
        try {
            var service = service();
            return print ? print(service) : write(service);
        } catch (SettingsException e) {
            return failed(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private ServiceFile service() {
        var settings = new SettingsReader(options, environment).read();
        var secretFile = options.secretFile;
        if (secretFile == null) {
            throw new SettingsException(
                    "--secret-file is missing: a service has neither your terminal nor its variables");
        }
        var command = new ArrayList<>(program());
        command.addAll(List.of("--url", settings.proxy().url().toString()));
        command.addAll(List.of("--secret-file", secretFile.toAbsolutePath().toString()));
        command.addAll(List.of("--agent-id", settings.proxy().agentId(), "--claude", settings.claude()));
        command.addAll(options.asTyped());
        if (command.stream().anyMatch(word -> word.chars().anyMatch(Character::isISOControl))) {
            throw new SettingsException("an option holds a line break or the like: no service can be started with it");
        }
        return service(command);
    }

    private ServiceFile service(List<String> command) {
        var home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
        var searchPath = environment.getOrDefault("PATH", "/usr/bin:/bin");
        return System.getProperty("os.name").startsWith("Mac")
                ? ServiceFile.launchd(home, searchPath, command)
                : ServiceFile.systemd(home, searchPath, command);
    }

    private static List<String> program() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var source = AgentMain.class.getProtectionDomain().getCodeSource().getLocation();
        return List.of(java, "-jar", Path.of(source.getPath()).toString());
    }

    private int print(ServiceFile service) {
        out.print(service.content());
        return ExitCode.ENDED.number();
    }

    private int write(ServiceFile service) {
        try {
            Files.createDirectories(service.path().getParent());
            Files.writeString(service.path(), service.content());
            out.println("Written: " + service.path());
            out.println("Now run: " + service.nextSteps());
            return ExitCode.ENDED.number();
        } catch (IOException e) {
            return failed(
                    ExitCode.FAILED, service.path() + " cannot be written: use --print, and put it there yourself");
        }
    }

    private int failed(ExitCode code, String reason) {
        new Console(out).problem(reason);
        return code.number();
    }
}
