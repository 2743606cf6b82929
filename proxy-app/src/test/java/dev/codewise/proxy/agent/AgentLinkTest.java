package dev.codewise.proxy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.protocol.ProxyEvent;
import dev.codewise.protocol.ProxyEvent.Notice;
import dev.codewise.protocol.ProxyEvent.Notice.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentLinkTest {

    private final AgentLink link =
            new AgentLink(new AgentProfile("laptop-1", null, List.of(), null, null), "c_1", Instant.EPOCH);
    private final List<ProxyEvent> heard = new ArrayList<>();

    @BeforeEach
    void theAgentListens() {
        link.events().subscribe(heard::add);
    }

    @Test
    void tellsTheAgentWhatTheOperatorWantsAndWhy() {
        link.drain("The laptop is to be updated.");
        assertThat(link.state()).isEqualTo(AgentState.DRAINING);

        link.resume();
        assertThat(link.state()).isEqualTo(AgentState.ACTIVE);

        assertThat(heard)
                .containsExactly(
                        new Notice(Standing.DRAINING, "The laptop is to be updated."),
                        new Notice(Standing.ACTIVE, null));
    }

    @Test
    void endsTheConnectionOfAnAgentThatIsSentAway() {
        link.disconnect("Somebody else's laptop.");

        assertThat(heard).containsExactly(new Notice(Standing.DISCONNECTED, "Somebody else's laptop."));
        assertThat(link.state()).isEqualTo(AgentState.GONE);
    }
}
