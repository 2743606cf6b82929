package dev.codewise.proxy.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** What every {@link Provider} promises, whoever answers behind it: its peer, which each subclass scripts. */
public abstract class ProviderContract {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    protected abstract Provider provider();

    /** One that waits for a silent peer only a fraction of a second. */
    protected abstract Provider impatientProvider();

    /** The peer answers the next request with these pieces. */
    protected abstract void peerSays(String... pieces);

    /** The peer takes the next request, says these pieces and then nothing more. */
    protected abstract void peerStallsAfter(String... pieces);

    /** The peer takes the next request and fails. */
    protected abstract void peerFails();

    /** There is nobody to take a request. */
    protected abstract void peerIsAway();

    /** How many requests have reached the peer. */
    protected abstract int requestsAtThePeer();

    /** Returns when the peer has been told that nobody waits any more; fails when that takes too long. */
    protected abstract void awaitPeerReleased();

    protected static CompletionRequest aRequest() {
        return new CompletionRequest(Origins.origin("req_contract"), "sonnet", null, List.of(Turn.user("Say hello")));
    }

    @Test
    void doesNothingBeforeSomebodySubscribes() {
        peerSays("Hello");

        Flux<CompletionEvent> answer = provider().complete(aRequest());

        assertThat(requestsAtThePeer()).isZero();
        assertThat(answer.collectList().block(PATIENCE)).isNotEmpty();
        assertThat(requestsAtThePeer()).isOne();
    }

    @Test
    void tellsWhoHasTakenTheRequestThenTheTextThenOneEnd() {
        peerSays("Hel", "lo");

        List<CompletionEvent> events = provider()
                .complete(aRequest())
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();

        assertThat(events).hasSizeGreaterThanOrEqualTo(3);
        assertThat(events.get(0)).isInstanceOf(Taken.class);
        assertThat(events.subList(1, events.size() - 1))
                .hasOnlyElementsOfType(Text.class)
                .extracting(event -> ((Text) event).text())
                .doesNotContain("")
                .satisfies(pieces -> assertThat(pieces.stream().collect(Collectors.joining()))
                        .isEqualTo("Hello"));
        assertThat(events.get(events.size() - 1)).isInstanceOf(Finished.class);
    }

    @Test
    void doesNotClaimToLeaveUnheededWhatNobodyWished() {
        peerSays("Hello");
        CompletionRequest request = aRequest().with(new Wishes(null, 0.5, null, List.of(), null, null));

        List<Taken> taken = provider()
                .complete(request)
                .ofType(Taken.class)
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();

        assertThat(taken)
                .singleElement()
                .satisfies(it -> assertThat(Set.of(Wishes.Kind.TEMPERATURE)).containsAll(it.unheeded()));
    }

    @Test
    void releasesThePeerWhenItIsCancelledInTheMiddle() {
        peerStallsAfter("Hel");

        StepVerifier.create(provider().complete(aRequest()))
                .expectNextMatches(Taken.class::isInstance)
                .expectNextMatches(Text.class::isInstance)
                .thenCancel()
                .verify(PATIENCE);

        awaitPeerReleased();
    }

    @Test
    void releasesThePeerWhenItIsCancelledBeforeAnyText() {
        peerStallsAfter();

        StepVerifier.create(provider().complete(aRequest()))
                .expectNextMatches(Taken.class::isInstance)
                .thenCancel()
                .verify(PATIENCE);

        awaitPeerReleased();
    }

    @Test
    void releasesThePeerWhenItStaysSilentForTooLong() {
        peerStallsAfter("Hel");

        StepVerifier.create(impatientProvider().complete(aRequest()))
                .expectNextMatches(Taken.class::isInstance)
                .expectNextMatches(Text.class::isInstance)
                .expectErrorSatisfies(failure -> assertFailed(failure, Reason.PROVIDER_TIMED_OUT))
                .verify(PATIENCE);

        awaitPeerReleased();
    }

    @Test
    void failsInTheWordsOfTheDomain() {
        peerFails();

        StepVerifier.create(provider().complete(aRequest()).filter(event -> !(event instanceof Taken)))
                .expectErrorSatisfies(failure -> assertThat(failure)
                        .isInstanceOf(CompletionException.class)
                        .hasMessageMatching("[A-Z].*[.]"))
                .verify(PATIENCE);
    }

    @Test
    void isUnavailableBeforeAnythingElse() {
        peerIsAway();

        StepVerifier.create(provider().complete(aRequest()))
                .expectErrorSatisfies(failure -> assertFailed(failure, Reason.PROVIDER_UNAVAILABLE))
                .verify(PATIENCE);
    }

    private static void assertFailed(Throwable failure, Reason reason) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        CompletionException.class,
                        known -> assertThat(known.reason()).isEqualTo(reason));
    }
}
