package dev.codewise.proxy.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObstacleTest {

    @ParameterizedTest
    @ValueSource(strings = {"57014", "55P03", "40001", "40P01"})
    void ofAStatementThatGaveUpIsNoReasonToRestoreABackup(String state) {
        var failure =
                new IllegalStateException(new SQLException("canceling statement due to statement timeout", state));

        assertThat(Obstacle.ofUse(failure).sentence("here", failure))
                .isEqualTo("The database (here) gave up: canceling statement due to statement timeout."
                        + " Try it again; if it was a question, ask for a shorter time.");
    }

    @Test
    void ofTablesThatAreNotThereIsStillAnotherVersion() {
        assertThat(Obstacle.ofUse(new SQLException("no such table", "42P01"))).isEqualTo(Obstacle.OTHER_TABLES);
    }
}
