package dev.codewise.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codewise.protocol.ProxyEvent.Cancel;
import dev.codewise.protocol.ProxyEvent.Connected;
import dev.codewise.protocol.ProxyEvent.Drain;
import dev.codewise.protocol.ProxyEvent.Notice;
import dev.codewise.protocol.ProxyEvent.Ping;
import dev.codewise.protocol.ProxyEvent.Replaced;
import dev.codewise.protocol.ProxyEvent.Resumed;
import dev.codewise.protocol.ProxyEvent.RunRequest;
import dev.codewise.protocol.RunTurn.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class ProxyEventTest {

    @ParameterizedTest
    @MethodSource
    void hasItsNameBesideItsJsonAndNotInIt(Class<? extends Record> type, String name) {
        var event = (ProxyEvent) WireExample.of(type).value();

        assertThat(event.eventName()).isEqualTo(name);
        assertThat(Wire.object(Wire.write(event)).propertyNames()).doesNotContain("eventName", "event", "type");
    }

    static Stream<Arguments> hasItsNameBesideItsJsonAndNotInIt() {
        return Stream.of(
                Arguments.of(Connected.class, "connected"),
                Arguments.of(RunRequest.class, "request"),
                Arguments.of(Ping.class, "ping"),
                Arguments.of(Replaced.class, "replaced"),
                Arguments.of(Notice.class, "notice"),
                Arguments.of(Cancel.class, "cancel"),
                Arguments.of(Drain.class, "drain"),
                Arguments.of(Resumed.class, "resume"));
    }

    @Test
    void aRequestNeedsNeitherSystemPromptNorParameters() {
        var read = Wire.read("""
                {"requestId":"req_a","attempt":1,"model":"sonnet","stream":true,"messages":[{"role":"user","content":"Hi"}],
                 "timeoutMs":120000,"maxDurationMs":1800000}""", RunRequest.class);

        assertThat(read.system()).isNull();
        assertThat(read.parameters()).isNull();
        assertThat(read.messages()).containsExactly(new RunTurn(Role.USER, "Hi"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"system", "USER", ""})
    void aTurnOfAnUnknownRoleIsRefused(String role) {
        assertThatThrownBy(() -> Wire.read("{\"role\":\"" + role + "\",\"content\":\"x\"}", RunTurn.class))
                .isInstanceOf(JacksonException.class);
    }

    @Test
    void aTurnThatIsNotThereIsRefused() {
        String json = WireExample.of(RunRequest.class).json().replaceFirst("\"messages\":\\[", "$0null,");

        assertThatThrownBy(() -> Wire.read(json, RunRequest.class)).isInstanceOf(JacksonException.class);
    }

    @Test
    void aRequestKeepsItsMessagesWhateverBecomesOfTheListItWasMadeFrom() {
        var turns = new ArrayList<>(List.of(new RunTurn(Role.USER, "Hi")));
        var request = new RunRequest("req_a", 1, "sonnet", true, null, turns, null, 1, 1);

        turns.clear();

        assertThat(request.messages()).containsExactly(new RunTurn(Role.USER, "Hi"));
    }

    @Test
    void aRequestDeliveredAgainIsTheSameButForItsAttempt() {
        var request = (RunRequest) WireExample.of(RunRequest.class).value();

        assertThat(request.again().attempt()).isEqualTo(2);
        assertThat(Wire.object(Wire.write(request.again())).put("attempt", 1))
                .isEqualTo(Wire.object(Wire.write(request)));
    }

    @Test
    void aCancelStopsTheRunWhateverItsReason() {
        String json = "{\"requestId\":\"req_a\",\"reason\":\"a later one\"}";

        assertThat(Wire.read(json, Cancel.class)).isEqualTo(new Cancel("req_a", null));
    }
}
