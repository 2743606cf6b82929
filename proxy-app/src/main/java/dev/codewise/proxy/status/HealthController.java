package dev.codewise.proxy.status;

import dev.codewise.proxy.agent.AgentManager;
import dev.codewise.proxy.database.DatabaseState;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Tells whoever asks how the proxy is. The answer is always 200: it serves without a database, and without agents. */
@RestController
class HealthController {

    private final Installation installation;
    private final DatabaseState database;
    private final AgentManager agents;

    HealthController(Installation installation, DatabaseState database, AgentManager agents) {
        this.installation = installation;
        this.database = database;
        this.agents = agents;
    }

    /** Known within the two seconds that the database is given for its answer. */
    @GetMapping("/api/health")
    Mono<Health> health() {
        return database.answers().map(this::health);
    }

    private Health health(boolean databaseAnswers) {
        return new Health(
                databaseAnswers ? "ok" : "degraded",
                installation.version(),
                new Database(databaseAnswers ? "up" : "away"),
                new Agents(agents.connected()),
                new Providers(installation.asksClaudeApi() ? "on" : "off"));
    }

    /** The whole at a glance, and its parts; nothing that a stranger should not know. */
    record Health(String status, String version, Database database, Agents agents, Providers provider) {}

    record Database(String status) {}

    record Agents(int connected) {}

    record Providers(String anthropic) {}
}
