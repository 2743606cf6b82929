package dev.codewise.proxy;

import dev.codewise.proxy.database.MigrateCommand;
import dev.codewise.proxy.shell.Shell;
import java.util.Set;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the proxy, or does what another word asks for. */
@SpringBootApplication
public class ProxyApplication {

    private static final Set<String> HELP = Set.of("--help", "-h");

    public static void main(String[] args) {
        switch (word(args)) {
            case "serve" -> SpringApplication.run(ProxyApplication.class, args);
            case "migrate" -> System.exit(MigrateCommand.run(args));
            default -> System.exit(Shell.run(args));
        }
    }

    /** Settings such as {@code --server.port=0} may be all there is. */
    private static String word(String... args) {
        boolean settings = args.length == 0 || (args[0].startsWith("-") && !HELP.contains(args[0]));
        return settings ? "serve" : args[0];
    }
}
