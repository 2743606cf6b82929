package dev.codewise.proxy.status;

import dev.codewise.proxy.access.AgentSecret;
import java.nio.file.Files;
import java.nio.file.Path;

/** The line that connects an agent. It holds the secret only at the start that made it; later ones say where it is. */
final class AgentCommand {

    private static final Path SOURCE_TREE_MARK = Path.of("agent-cli", "pom.xml");

    private final AgentSecret secret;
    private final boolean inSourceTree;

    private AgentCommand(AgentSecret secret, boolean inSourceTree) {
        this.secret = secret;
        this.inSourceTree = inSourceTree;
    }

    /** For a proxy started in this folder: in the source tree, Maven runs it one level below the root. */
    static AgentCommand startedIn(Path folder, AgentSecret secret) {
        boolean inSourceTree = Files.exists(folder.resolve(SOURCE_TREE_MARK))
                || Files.exists(folder.resolve("..").resolve(SOURCE_TREE_MARK));
        return new AgentCommand(secret, inSourceTree);
    }

    String line(String url) {
        return "java -jar " + (inSourceTree ? "agent-cli/target/" : "") + "codewise-agent.jar --url " + url + " "
                + secretOption();
    }

    /** What has to be done first. */
    String preparation() {
        return inSourceTree ? " (the jar is made by mvn package -DskipTests)" : "";
    }

    private String secretOption() {
        return switch (secret.origin()) {
            case MADE_NOW -> "--secret " + secret.value().reveal();
            case KEPT -> secret.file().map(AgentCommand::secretFile).orElseThrow();
            case ENVIRONMENT -> "--secret \"$AGENT_SECRET\"";
        };
    }

    private static String secretFile(Path file) {
        String path = file.toString();
        boolean plain = path.matches("[A-Za-z0-9_./+@:-]+");
        return "--secret-file " + (plain ? path : "'" + path.replace("'", "'\\''") + "'");
    }
}
