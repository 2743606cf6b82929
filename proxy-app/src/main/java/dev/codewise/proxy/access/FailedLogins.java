package dev.codewise.proxy.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Slows down guessing: after ten failures within a minute from one address, its further ones have to wait for a minute. */
final class FailedLogins {

    static final int FREE = 10;
    static final Duration WAIT = Duration.ofMinutes(1);

    /** The address that failed longest ago is forgotten beyond this, so that a flood of addresses costs no memory. */
    static final int ADDRESSES = 10_000;

    /** How often an address has failed; from the tenth time on, since when it waits. */
    private record Tally(int failures, long since) {}

    private final LongSupplier nanoTime;
    private final Consumer<Optional<InetAddress>> alarm;
    private final Map<String, Tally> tallies = new ForgetfulMap();

    /** The alarm is raised each time that an address has to wait from then on. */
    FailedLogins(LongSupplier nanoTime, Consumer<Optional<InetAddress>> alarm) {
        this.nanoTime = nanoTime;
        this.alarm = alarm;
    }

    /** Notes one more failure; if it is one too many, how long its sender has to wait. */
    synchronized Optional<Duration> note(Optional<InetAddress> address) {
        long now = nanoTime.getAsLong();
        String from = address.map(FailedLogins::neighbourhood).orElse("nowhere");
        Tally before = tallies.getOrDefault(from, new Tally(0, now));
        Duration left = WAIT.minusNanos(now - before.since());
        if (left.isNegative() || left.isZero()) {
            tallies.put(from, new Tally(1, now));
            return Optional.empty();
        }
        if (before.failures() == FREE) {
            return Optional.of(left);
        }
        int failures = before.failures() + 1;
        tallies.put(from, new Tally(failures, failures == FREE ? now : before.since()));
        if (failures == FREE) {
            alarm.accept(address);
        }
        return Optional.empty();
    }

    synchronized int remembered() {
        return tallies.size();
    }

    /** Whoever has one IPv6 address has the 2^64 around it. */
    private static String neighbourhood(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes);
    }

    /** A class of its own only because that is how the JDK bounds a map. */
    private static final class ForgetfulMap extends LinkedHashMap<String, Tally> {

        private static final long serialVersionUID = 1L;

        ForgetfulMap() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tally> eldest) {
            return size() > ADDRESSES;
        }
    }
}
