package dev.codewise.proxy;

import dev.codewise.proxy.database.MigrateCommand;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the proxy, or does what another word asks for. */
@SpringBootApplication
public class ProxyApplication {

    private static final int WRONG_USE = 2;
    private static final String USAGE = """
            There is no word "%s" here. Usage: java -jar codewise-proxy.jar [serve | migrate]
              serve     starts the proxy; so does no word at all
              migrate   waits for the database, brings it up to date, and ends""";

    public static void main(String[] args) {
        String word = args.length == 0 || args[0].startsWith("-") ? "serve" : args[0];
        switch (word) {
            case "serve" -> SpringApplication.run(ProxyApplication.class, args);
            case "migrate" -> System.exit(MigrateCommand.run(args));
            default -> {
                System.err.println(USAGE.formatted(word));
                System.exit(WRONG_USE);
            }
        }
    }
}
