package dev.codewise.proxy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentManagerTest {

    private final AgentDirectory directory = new InMemoryAgentDirectory();
    private final AgentManager agents = new AgentManager(directory, new CoolDowns(System::nanoTime));

    @Test
    void knowsTheModelsOfThoseWhoAreConnectedAndOfNobodyElse() {
        assertThat(agents.offered("somebody")).isEmpty();
        AgentLink first = connect("a", "sonnet", "opus");
        connect("b", "opus", "claude-next");
        connect("c");
        assertThat(agents.offered("somebody")).containsExactlyInAnyOrder("sonnet", "opus", "claude-next");

        directory.leave(first);

        assertThat(agents.offered("somebody")).containsExactlyInAnyOrder("opus", "claude-next");
    }

    private AgentLink connect(String id, String... models) {
        var link = new AgentLink(new AgentProfile(id, 1, List.of(models), null, null), "c_" + id, Instant.EPOCH);
        directory.enter(link);
        return link;
    }
}
