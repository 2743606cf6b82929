package dev.codewise.proxy.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void showsNothingThatATerminalWouldObeyOrTurnAround() {
        var table = new Table("OWNER");

        table.row("a\u001b[2J\u009b1m\u202eb\u2028c\u2029é😀");

        assertThat(table.toString().lines().skip(1)).containsExactly("a?[2J?1m?b?c?é😀");
    }
}
