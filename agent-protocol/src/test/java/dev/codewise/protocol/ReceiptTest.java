package dev.codewise.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceiptTest {

    @Test
    void ofAnAcceptedMessageSaysNothingMore() {
        assertThat(Wire.write(Receipt.ACCEPTED)).isEqualTo("{\"ok\":true}");
    }

    @Test
    void ofANumberedMessageSaysHowFarTheRunHasCome() {
        assertThat(Wire.tree(Wire.write(Receipt.accepted(18, true, false))))
                .isEqualTo(Wire.tree("{\"ok\":true,\"nextSeq\":18,\"duplicate\":true,\"cancelled\":false}"));
        assertThat(Receipt.refused("gap", "Message 18 is missing.").from(18).nextSeq())
                .isEqualTo(18);
    }
}
