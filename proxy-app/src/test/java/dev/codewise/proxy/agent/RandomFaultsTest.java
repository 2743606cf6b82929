package dev.codewise.proxy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.protocol.RunErrorCode;
import dev.codewise.proxy.CapturedLog;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Origins;
import dev.codewise.proxy.completion.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.SignalType;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Very many requests to four agents that answer, stall, fail, forge, repeat themselves, vanish and come back, while clients
 * leave; one step after the other by a seed, on a clock that is moved. Each request ends in the bytes of one agent or in one
 * error, and nothing is left of any (M02, M03, M07, M27, M29, M38, M39).
 */
class RandomFaultsTest {

    private static final List<String> AGENTS = List.of("a", "b", "c", "d");

    private final CapturedLog log = CapturedLog.of("dev.codewise.proxy.agent");
    private final List<Client> clients = new ArrayList<>();
    private VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final LocalFleet fleet = new LocalFleet(20, Duration.ofSeconds(5));

    @BeforeEach
    void moveTheClock() {
        clock = VirtualTimeScheduler.getOrSet();
    }

    @AfterEach
    void letItGo() {
        VirtualTimeScheduler.reset();
        log.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void endEachOfAThousandRequestsOnceAndLeaveNothing(long seed) {
        endEveryRequestOnceAndLeaveNothing(seed, 1_000);
    }

    /** With a seed of its own each time, which is printed. */
    @Tag("long")
    @Test
    void endEachOfTenThousandRequestsOnceAndLeaveNothing() {
        long seed = System.nanoTime();
        System.out.println("RandomFaultsTest: seed " + seed);

        endEveryRequestOnceAndLeaveNothing(seed, 10_000);
    }

    private void endEveryRequestOnceAndLeaveNothing(long seed, int requests) {
        var random = new Random(seed);
        AGENTS.forEach(id -> fleet.connect(id, 5));
        long before = usedMemory();

        for (int number = 0; number < requests; number++) {
            comes(number, random);
            for (int step = random.nextInt(4); step >= 0; step--) {
                somethingHappens(random);
            }
        }
        clock.advanceTimeBy(Duration.ofHours(1));

        clients.forEach(client -> client.endedOnceAndWhole(seed));
        assertThat(clients.stream().filter(client -> client.finished).count())
                .as("seed %d: requests that were answered", seed)
                .isGreaterThan(requests / 4);
        assertThat(fleet.running()).as("seed %d: slots", seed).isZero();
        assertThat(fleet.pending()).as("seed %d: pending", seed).isZero();
        assertThat(fleet.queued()).as("seed %d: waiting line", seed).isZero();
        clients.clear();
        assertThat(usedMemory() - before).as("seed %d: bytes kept", seed).isLessThan(8L << 20);
    }

    private void comes(int number, Random random) {
        var turns = new ArrayList<Turn>();
        if (random.nextBoolean()) {
            turns.add(Turn.user("Question"));
            turns.add(Turn.assistant("Answer"));
        }
        turns.add(Turn.user("Question " + number));
        var client = new Client("req-" + number);
        clients.add(client);
        fleet.provider()
                .complete(new CompletionRequest(Origins.origin(client.id), "sonnet", null, turns))
                .subscribe(client);
    }

    private void somethingHappens(Random random) {
        LocalAgent agent = fleet.someAgent(random);
        List<String> open = agent.unanswered();
        String id = open.isEmpty() ? "req-none" : open.get(random.nextInt(open.size()));
        switch (random.nextInt(16)) {
            case 0 -> agent.fails(id, RunErrorCode.CLI_EXIT);
            case 1 -> agent.fails(id, RunErrorCode.PROMPT_TOO_LONG);
            case 2 -> agent.fails(id, RunErrorCode.RATE_LIMITED, 1_000L);
            case 3 -> fleet.someAgent(random).forges(id, "forged");
            case 4 -> agent.forges("req-" + random.nextInt(clients.size()), "late");
            case 5 ->
                clients.get(clients.size() - 1 - random.nextInt(Math.min(20, clients.size())))
                        .cancel();
            case 6 -> passes(Duration.ofMillis(random.nextInt(3_000)));
            case 7 -> comesAndGoes(agent, random);
            default -> speaks(agent, id, random);
        }
    }

    private void comesAndGoes(LocalAgent agent, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> {
                fleet.loses(agent);
                fleet.connect(agent.link().id(), 5);
            }
            case 1 -> agent.link().drain("random");
            case 2 -> agent.link().resume();
            default -> passes(Duration.ofSeconds(random.nextInt(40)));
        }
    }

    private static void speaks(LocalAgent agent, String id, Random random) {
        agent.says(id, "[" + id + "]");
        if (random.nextBoolean()) {
            agent.finishes(id);
        }
    }

    private void passes(Duration time) {
        fleet.passes(time);
        clock.advanceTimeBy(time);
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Takes what comes, and remembers all that must be true of it. */
    private static final class Client extends BaseSubscriber<CompletionEvent> {

        private final String id;
        private final List<CompletionEvent> events = new ArrayList<>();
        private int ends;
        private boolean finished;
        private boolean left;

        Client(String id) {
            this.id = id;
        }

        @Override
        protected void hookOnNext(CompletionEvent event) {
            events.add(event);
            finished |= event instanceof Finished;
        }

        @Override
        protected void hookOnError(Throwable failure) {
            // what it is does not matter here
        }

        @Override
        protected void hookFinally(SignalType type) {
            ends++;
            left |= type == SignalType.CANCEL;
        }

        void endedOnceAndWhole(long seed) {
            String which = "seed " + seed + ", " + id;
            assertThat(ends).as(which).isOne();
            assertThat(events.stream().filter(Taken.class::isInstance).count())
                    .as(which)
                    .isLessThanOrEqualTo(1);
            String text = events.stream()
                    .filter(Text.class::isInstance)
                    .map(event -> ((Text) event).text())
                    .collect(Collectors.joining());
            assertThat(text.replace("[" + id + "]", "")).as(which).isEmpty();
            assertThat(finished || left || events.stream().noneMatch(Finished.class::isInstance))
                    .as(which)
                    .isTrue();
        }
    }
}
