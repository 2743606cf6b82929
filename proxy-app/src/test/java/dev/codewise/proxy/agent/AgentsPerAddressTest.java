package dev.codewise.proxy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codewise.proxy.agent.ingest.AgentRefusal;
import dev.codewise.proxy.agent.ingest.AgentRefusal.Kind;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

class AgentsPerAddressTest {

    private static final Optional<InetAddress> HERE = Optional.of(InetAddress.getLoopbackAddress());

    private final AgentsPerAddress agents = new AgentsPerAddress(64);
    private final List<Disposable> connected = new ArrayList<>();

    @Test
    void areSixtyFourAndNotOneMore() {
        connect(HERE, 63);
        assertThat(refusalOf(HERE)).isNull();
        assertThat(refusalOf(HERE)).isEqualTo(Kind.TOO_MANY_AGENTS);
        assertThat(refusalOf(HERE)).isEqualTo(Kind.TOO_MANY_AGENTS);
    }

    @Test
    void makeRoomWhenTheyGo() {
        connect(HERE, 64);

        connected.get(10).dispose();

        assertThat(refusalOf(HERE)).isNull();
        assertThat(refusalOf(HERE)).isEqualTo(Kind.TOO_MANY_AGENTS);
    }

    @Test
    void doNotCountElsewhere() {
        connect(HERE, 64);

        assertThat(refusalOf(Optional.empty())).isNull();
    }

    @Test
    void leaveNothingBehind() {
        connect(HERE, 70);
        connected.forEach(Disposable::dispose);

        connect(HERE, 63);
        assertThat(refusalOf(HERE)).isNull();
    }

    @Test
    void areAsManyAsTheOperatorSays() {
        assertThat(bind(Map.of()).perAddress()).isEqualTo(64);
        assertThat(bind(Map.of("codewise.agent.admission.per-address", "500")).perAddress())
                .isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "100001"})
    void areNeverNoneAndNeverWithoutAnEnd(String perAddress) {
        assertThatThrownBy(() -> bind(Map.of("codewise.agent.admission.per-address", perAddress)))
                .rootCause()
                .hasMessageContaining("AGENTS_PER_ADDRESS is " + perAddress)
                .hasMessageContaining("set it to");
    }

    private static AdmissionProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("codewise.agent.admission", AdmissionProperties.class);
    }

    private void connect(Optional<InetAddress> address, int count) {
        for (int i = 0; i < count; i++) {
            refusalOf(address);
        }
    }

    /** Why one more is not let in, if it is not. */
    private @Nullable Kind refusalOf(Optional<InetAddress> address) {
        var refusals = new ArrayList<Throwable>();
        Disposable.Swap stream = Disposables.swap();
        stream.update(agents.counted(address, Flux.never()).subscribe(event -> {}, refusals::add));
        connected.add(stream);
        return refusals.isEmpty() ? null : ((AgentRefusal) refusals.get(0)).kind();
    }
}
