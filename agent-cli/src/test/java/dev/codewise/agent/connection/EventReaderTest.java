package dev.codewise.agent.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

    private static final int LIMIT = 1000;

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void readsEventsWhateverEndsTheirLines(String end) throws IOException {
        var stream = "event: a\ndata: 1\n\nevent:b\ndata:2\n\n".replace("\n", end);

        assertThat(read(stream)).containsExactly(new StreamEvent("a", "1"), new StreamEvent("b", "2"));
    }

    @Test
    void joinsTheLinesOfOneEvent() throws IOException {
        assertThat(read("data: 1\ndata:  2\ndata\n\n")).containsExactly(new StreamEvent("message", "1\n 2\n"));
    }

    @Test
    void skipsCommentsAndFieldsItDoesNotNeed() throws IOException {
        assertThat(read(": ping\n\nid: 7\nretry: 1\nfoo\nevent: a\ndata: 1\n\n"))
                .containsExactly(new StreamEvent("a", "1"));
    }

    @Test
    void skipsEventsWithoutData() throws IOException {
        assertThat(read("event: a\n\ndata: 1\n\n")).containsExactly(new StreamEvent("message", "1"));
    }

    @Test
    void forgetsAnEventThatTheStreamDidNotFinish() throws IOException {
        assertThat(read("data: 1\n\ndata: 2\n")).containsExactly(new StreamEvent("message", "1"));
    }

    @Test
    void holdsNothingOfAnEventThatIsTooLarge() throws IOException {
        var tooLong = "data: " + "x".repeat(LIMIT + 1) + "\n\n";
        var tooMany = ("data: " + "x".repeat(LIMIT / 2) + "\n").repeat(3) + "\n";

        assertThat(read(tooLong + "data: 1\n\n" + tooMany + "data: 2\n\n"))
                .extracting(StreamEvent::data)
                .containsExactly(null, "1", null, "2");
    }

    @Test
    void tellsWhenBytesCome() throws IOException {
        var heard = new ArrayList<String>();

        read(":\n\n", () -> heard.add("bytes"));

        assertThat(heard).isNotEmpty();
    }

    private static List<StreamEvent> read(String stream) throws IOException {
        return read(stream, () -> {});
    }

    private static List<StreamEvent> read(String stream, Runnable heard) throws IOException {
        var in = new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8));
        var reader = new EventReader(new StreamLines(in, LIMIT, heard), LIMIT);
        var events = new ArrayList<StreamEvent>();
        for (var event = reader.next(); event.isPresent(); event = reader.next()) {
            events.add(event.get());
        }
        return events;
    }
}
