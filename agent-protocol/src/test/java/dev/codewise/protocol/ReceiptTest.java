package dev.codewise.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceiptTest {

    @Test
    void ofAnAcceptedMessageSaysNothingMore() {
        assertThat(Wire.write(Receipt.ACCEPTED)).isEqualTo("{\"ok\":true}");
    }

    @Test
    void isReadWithWhatOnlyLaterVersionsSay() {
        String json = "{\"ok\":true,\"nextSeq\":18,\"duplicate\":false,\"cancelled\":false}";

        assertThat(Wire.read(json, Receipt.class)).isEqualTo(Receipt.ACCEPTED);
    }
}
