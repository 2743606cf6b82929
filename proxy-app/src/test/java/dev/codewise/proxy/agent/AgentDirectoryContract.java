package dev.codewise.proxy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every directory of agents must do. */
abstract class AgentDirectoryContract {

    private final AgentDirectory directory = directory();

    abstract AgentDirectory directory();

    @Test
    void listsTheConnectedInTheOrderOfTheirIds() {
        directory.enter(link("b"));
        directory.enter(link("a"));

        assertThat(directory.connected()).extracting(AgentLink::id).containsExactly("a", "b");
        assertThat(directory.find("b")).map(AgentLink::id).contains("b");
        assertThat(directory.find("c")).isEmpty();
    }

    @Test
    void givesAnIdToItsNewestConnection() {
        AgentLink older = link("a");
        AgentLink newer = link("a");

        assertThat(directory.enter(older)).isEmpty();
        assertThat(directory.enter(newer)).containsSame(older);

        assertThat(directory.connected()).containsExactly(newer);
    }

    @Test
    void isNotLeftByAConnectionThatWasReplaced() {
        AgentLink older = link("a");
        AgentLink newer = link("a");
        directory.enter(older);
        directory.enter(newer);

        assertThat(directory.leave(older)).isFalse();
        assertThat(directory.connected()).containsExactly(newer);
        assertThat(directory.leave(newer)).isTrue();
        assertThat(directory.connected()).isEmpty();
    }

    private static AgentLink link(String id) {
        return new AgentLink(new AgentProfile(id, null, List.of(), null, null), "c_1", Instant.EPOCH);
    }
}
