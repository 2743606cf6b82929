package dev.codewise.proxy.status;

import dev.codewise.proxy.access.FrontDoor;
import dev.codewise.proxy.database.DatabaseState;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** What the proxy says once it is ready: what it is, where it listens, who may come in, and how an agent connects. */
final class StartLines implements ApplicationListener<ApplicationReadyEvent> {

    private static final Logger LOG = LoggerFactory.getLogger("codewise");

    private final Installation installation;
    private final StatusProperties address;
    private final DatabaseState database;
    private final FrontDoor door;
    private final AgentCommand agentCommand;

    StartLines(
            Installation installation,
            StatusProperties address,
            DatabaseState database,
            FrontDoor door,
            AgentCommand agentCommand) {
        this.installation = installation;
        this.address = address;
        this.database = database;
        this.door = door;
        this.agentCommand = agentCommand;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        Environment environment = event.getApplicationContext().getEnvironment();
        int port = environment.getRequiredProperty("local.server.port", Integer.class);
        String managementPort = environment.getProperty("local.management.port", "none");
        lines(port, managementPort).forEach(LOG::info);
    }

    private List<String> lines(int port, String managementPort) {
        String url = address.url(port);
        return List.of(
                "Codewise " + installation.version() + " listens on " + url + ", for its operator on port "
                        + managementPort + ".",
                "Database: " + database.description() + (database.isReady() ? "." : ", not ready yet."),
                "Clients use " + url + "/v1, which "
                        + (door.asksForKey() ? "asks for a key." : "is open to this machine and to no other."),
                "Requests are answered by connected agents; "
                        + (installation.asksClaudeApi()
                                ? "where none can, by the Claude API."
                                : "the Claude API is off, ANTHROPIC_API_KEY would switch it on."),
                "Connect an agent" + agentCommand.preparation() + ": " + agentCommand.line(url));
    }
}
