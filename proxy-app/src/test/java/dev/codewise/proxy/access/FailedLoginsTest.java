package dev.codewise.proxy.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailedLoginsTest {

    // near the end of the range, for the JVM's clock may start anywhere and runs over
    private final AtomicLong nanoTime =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(5).toNanos());
    private final FailedLogins failures = new FailedLogins(nanoTime::get, address -> {});

    @Test
    void makesTheEleventhFailureWithinAMinuteWait() {
        fail("10.0.0.1", 9);
        pass(Duration.ofSeconds(59));

        assertThat(note("10.0.0.1")).isEmpty();
        assertThat(note("10.0.0.1")).contains(Duration.ofSeconds(60));
    }

    @Test
    void letsWaitForAMinuteFromTheTenthFailureOnHoweverOftenOneTries() {
        fail("10.0.0.1", 10);

        pass(Duration.ofSeconds(20));
        assertThat(note("10.0.0.1")).contains(Duration.ofSeconds(40));
        pass(Duration.ofSeconds(39));
        assertThat(note("10.0.0.1")).contains(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        assertThat(note("10.0.0.1")).isEmpty();
    }

    @Test
    void forgetsFailuresThatAreAMinuteOld() {
        fail("10.0.0.1", 9);
        pass(Duration.ofSeconds(60));

        fail("10.0.0.1", 10);

        assertThat(note("10.0.0.1")).isPresent();
    }

    @Test
    void countsEachAddressOnItsOwn() {
        fail("10.0.0.1", 10);

        assertThat(note("10.0.0.2")).isEmpty();
        assertThat(note("10.0.0.1")).isPresent();
    }

    @Test
    void takesTheNetworkOfAnIpv6AddressForOneSender() {
        fail("2001:db8:1:2::1", 10);

        assertThat(note("2001:db8:1:2:ffff::9")).isPresent();
        assertThat(note("2001:db8:1:3::1")).isEmpty();
    }

    @Test
    void countsSendersWithoutAnAddressTogether() {
        for (int i = 0; i < 10; i++) {
            failures.note(Optional.empty());
        }

        assertThat(failures.note(Optional.empty())).isPresent();
    }

    @Test
    void remembersOnlySoManyAddresses() {
        fail("192.168.0.1", 10);

        for (int i = 0; i < FailedLogins.ADDRESSES; i++) {
            note("10." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256);
        }

        assertThat(failures.remembered()).isEqualTo(FailedLogins.ADDRESSES);
        assertThat(note("192.168.0.1")).isEmpty();
    }

    private void fail(String address, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(note(address)).isEmpty();
        }
    }

    private Optional<Duration> note(String address) {
        InetAddress parsed = Objects.requireNonNull(NetUtil.createInetAddressFromIpAddressString(address));
        return failures.note(Optional.of(parsed));
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }
}
