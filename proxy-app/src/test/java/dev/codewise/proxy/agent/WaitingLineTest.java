package dev.codewise.proxy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.protocol.AgentFeature;
import dev.codewise.proxy.access.Badge;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Feature;
import dev.codewise.proxy.completion.CompletionException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class WaitingLineTest {

    private final AgentDirectory directory = new InMemoryAgentDirectory();
    private final AgentManager agents = new AgentManager(directory, new CoolDowns(System::nanoTime));
    private final WaitingLine line = new WaitingLine(agents, 2, Duration.ofSeconds(5));

    private final Disposable.Composite waiting = Disposables.composite();

    @AfterEach
    void nobodyWaitsAnyLonger() {
        waiting.dispose();
    }

    @Test
    void givesTurnsInStrictOrderAndSkipsTheBusyWithoutLosingIt() {
        connect("a", 9);
        connect("b", 1);
        connect("c", 9);

        var served = IntStream.range(0, 7)
                .mapToObj(i -> line.slotFor(slot("req-" + i, "sonnet"))
                        .toFuture()
                        .join()
                        .id())
                .toList();

        assertThat(served).containsExactly("a", "b", "c", "a", "c", "a", "c");
    }

    @Test
    void servesThoseWhoWaitInTheOrderInWhichTheyCame() {
        connect("a", 1);
        var served = new ArrayList<String>();
        line.slotFor(slot("req-1", "sonnet")).toFuture().join();
        waits(line.slotFor(slot("req-2", "sonnet")).doOnNext(agent -> served.add("req-2")));
        waits(line.slotFor(slot("req-3", "sonnet")).doOnNext(agent -> served.add("req-3")));
        assertThat(line.length()).isEqualTo(2);

        line.release("req-1");
        line.release("req-2");

        assertThat(served).containsExactly("req-2", "req-3");
        assertThat(line.length()).isZero();
    }

    @Test
    void refusesAtOnceWhenTheLineIsFull() {
        connect("a", 1);
        line.slotFor(slot("req-1", "sonnet")).toFuture().join();
        waits(line.slotFor(slot("req-2", "sonnet")));
        waits(line.slotFor(slot("req-3", "sonnet")));

        StepVerifier.create(line.slotFor(slot("req-4", "sonnet")))
                .verifyErrorSatisfies(failure -> assertThat((CompletionException) failure)
                        .hasMessageContaining("Every slot")
                        .satisfies(f -> assertThat(f.retryAfter()).isPresent())
                        .extracting(CompletionException::reason)
                        .isEqualTo(Reason.PROVIDER_UNAVAILABLE));
    }

    @Test
    void keepsRoomForAnOwnerWhoHasLessInTheLine() {
        connect("a", 1);
        line.slotFor(slot("req-1", "sonnet")).toFuture().join();
        var first = line.slotFor(of("alice", "req-2")).toFuture();
        var second = line.slotFor(of("alice", "req-3")).toFuture();

        var bobs = line.slotFor(of("bob", "req-4")).toFuture();

        assertThat(second).isCompletedExceptionally();
        StepVerifier.create(line.slotFor(of("bob", "req-5")))
                .verifyErrorMessage("Every slot of the connected agents is taken; try again soon.");
        line.release("req-1");
        assertThat(first.join().id()).isEqualTo("a");
        line.release("req-2");
        assertThat(bobs.join().id()).isEqualTo("a");
    }

    @Test
    void letsNobodyWaitForAnAgentThatOnlyOthersReach() {
        own("alices", "alice");
        own("bobs", "bob");
        line.slotFor(of("alice", "req-1")).toFuture().join();
        waits(line.slotFor(of("alice", "req-2")));

        assertThat(line.slotFor(of("bob", "req-3")).toFuture().join().id()).isEqualTo("bobs");
        StepVerifier.create(line.slotFor(of("carol", "req-4"))).verifyErrorMessage("No agent is connected.");
    }

    @Test
    void letsNobodyWaitLongerThanAllowed() {
        connect("a", 1);
        line.slotFor(slot("req-1", "sonnet")).toFuture().join();

        StepVerifier.withVirtualTime(() -> line.slotFor(slot("req-2", "sonnet")))
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(5).minusMillis(1))
                .thenAwait(Duration.ofMillis(1))
                .verifyErrorMessage("Every slot of the connected agents is taken; try again soon.");

        assertThat(line.length()).isZero();
    }

    @Test
    void saysSoWhereWhomItWaitedForIsGone() {
        connect("a", 1);
        line.slotFor(slot("req-1", "sonnet")).toFuture().join();

        StepVerifier.withVirtualTime(() -> line.slotFor(slot("req-2", "sonnet")))
                .expectSubscription()
                .then(() -> directory.find("a").ifPresent(directory::leave))
                .thenAwait(Duration.ofSeconds(5))
                .verifyErrorMessage("No agent is connected.");
    }

    @Test
    void forgetsWhoLeavesTheLine() {
        connect("a", 1);
        line.slotFor(slot("req-1", "sonnet")).toFuture().join();
        Disposable impatient = waits(line.slotFor(slot("req-2", "sonnet")));

        impatient.dispose();
        line.release("req-1");

        assertThat(line.length()).isZero();
        assertThat(agents.running()).isZero();
    }

    @Test
    void doesNotLetOneModelWaitForAnother() {
        connect("a", 1, "opus");
        connect("b", 1, "sonnet");
        line.slotFor(slot("req-1", "opus")).toFuture().join();
        waits(line.slotFor(slot("req-2", "opus")));

        assertThat(line.slotFor(slot("req-3", "sonnet")).toFuture().join().id()).isEqualTo("b");
    }

    @Test
    void letsOnlyThoseWaitWhoNeedWhatIsBusy() {
        connect("a", 1, AgentFeature.TOOLS);
        connect("b", 9);
        line.slotFor(withTools("req-1")).toFuture().join();
        var waits = line.slotFor(withTools("req-2")).toFuture();

        var words = IntStream.range(3, 6)
                .mapToObj(i -> line.slotFor(slot("req-" + i, "sonnet"))
                        .toFuture()
                        .join()
                        .id())
                .toList();
        line.release("req-1");

        assertThat(words).containsExactly("b", "b", "b");
        assertThat(waits.join().id()).isEqualTo("a");
    }

    @Test
    void keepsTheOnlyOneWhoCanForWhomeverCameFirst() {
        AgentLink able = connect("a", 1, AgentFeature.TOOLS);
        connect("b", 1);
        line.slotFor(withTools("req-1")).toFuture().join();
        line.slotFor(slot("req-2", "sonnet")).toFuture().join();
        var first = line.slotFor(withTools("req-3")).toFuture();

        agents.release("req-1");
        var second = line.slotFor(slot("req-4", "sonnet")).toFuture();

        assertThat(first.join()).isSameAs(able);
        assertThat(second).isNotDone();
        second.cancel(true);
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatNoneOfThoseWhoAreThereCanTake(Feature feature) {
        connect("a", 1);
        connect("b", 1, AgentFeature.SEQ);

        StepVerifier.create(line.slotFor(needing("req-1", feature)))
                .verifyErrorSatisfies(failure -> assertThat((CompletionException) failure)
                        .hasMessageContaining("None of the connected agents can take")
                        .hasMessageContaining("as new as this proxy")
                        .satisfies(f -> assertThat(f.missing()).contains(feature))
                        .extracting(CompletionException::reason)
                        .isEqualTo(Reason.UNSUPPORTED));
    }

    @Test
    void saysNothingOfWhatAnAgentCanTakeThatIsOnlyOnItsWay() {
        connect("a", 1);
        connect("b", 1, AgentFeature.TOOLS).drain("To be updated.");

        StepVerifier.create(line.slotFor(withTools("req-1")))
                .verifyErrorSatisfies(failure ->
                        assertThat(((CompletionException) failure).reason()).isEqualTo(Reason.PROVIDER_UNAVAILABLE));
    }

    @Test
    void namesOneThingWhereNobodyCanTakeAllOfThem() {
        connect("a", 1, AgentFeature.TOOLS);
        connect("b", 1, AgentFeature.MEDIA);
        var both = needing("req-1", Feature.TOOLS, Feature.IMAGES);

        StepVerifier.create(line.slotFor(both))
                .verifyErrorSatisfies(failure ->
                        assertThat(((CompletionException) failure).missing()).contains(Feature.TOOLS));
    }

    /** Random arrivals, departures and releases from four threads; the seed is in the name of a failing run. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261120})
    void keepsNoSlotWhateverHappensAtOnce(long seed) {
        connect("a", 2);
        connect("b", 1);
        var wide = new WaitingLine(agents, 1000, Duration.ofSeconds(5));
        var random = new Random(seed);
        var moments = IntStream.range(0, 400).mapToObj(i -> random.nextInt(3)).toList();

        Mono.when(IntStream.range(0, 400)
                        .mapToObj(i -> comeAndGo(wide, "req-" + i, moments.get(i)))
                        .toList())
                .block(Duration.ofSeconds(20));

        await().untilAsserted(() -> assertThat(agents.running()).isZero());
        assertThat(wide.length()).isZero();
    }

    private static SlotRequest withTools(String requestId) {
        return needing(requestId, Feature.TOOLS);
    }

    private static SlotRequest needing(String requestId, Feature... needs) {
        return new SlotRequest(requestId, "somebody", "sonnet", Set.of(needs), Set.of(), null);
    }

    private static SlotRequest of(String owner, String requestId) {
        return new SlotRequest(requestId, owner, "sonnet", Set.of(), Set.of(), null);
    }

    /** An agent with one slot that works for its owner alone. */
    private void own(String id, String owner) {
        var stream = new EventStream("c_" + id, new Badge("0", id, owner, false));
        directory.enter(
                new AgentLink(new AgentProfile(id, 1, List.of(), null, null), stream, Instant.EPOCH, System::nanoTime));
    }

    private static SlotRequest slot(String requestId, String model) {
        return new SlotRequest(requestId, model, Set.of());
    }

    private Disposable waits(Mono<AgentLink> slot) {
        Disposable one = slot.subscribe();
        waiting.add(one);
        return one;
    }

    private static Mono<Void> comeAndGo(WaitingLine line, String id, int patience) {
        return line.slotFor(slot(id, "sonnet"))
                .then(Mono.delay(Duration.ofMillis(patience)).then())
                .timeout(Duration.ofMillis(1 + patience * 5L), Mono.empty())
                .doFinally(end -> line.release(id))
                .subscribeOn(Schedulers.boundedElastic());
    }

    private void connect(String id, int slots) {
        connect(id, slots, new String[0]);
    }

    private void connect(String id, int slots, String... models) {
        directory.enter(
                new AgentLink(new AgentProfile(id, slots, List.of(models), null, null), "c_" + id, Instant.EPOCH));
    }

    private AgentLink connect(String id, int slots, AgentFeature... features) {
        var profile = new AgentProfile(id, slots, List.of(), null, null, "instance-" + id, Set.of(features));
        var link = new AgentLink(profile, "c_" + id, Instant.EPOCH);
        directory.enter(link);
        return link;
    }
}
