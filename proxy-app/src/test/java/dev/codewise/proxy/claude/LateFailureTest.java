package dev.codewise.proxy.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Origins;
import dev.codewise.proxy.completion.Turn;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Hooks;
import reactor.test.publisher.TestPublisher;
import reactor.test.publisher.TestPublisher.Violation;

/** A failure that is on its way when the client leaves concerns nobody any more, and is no error for a log either. */
class LateFailureTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private final CompletionException refusal = new CompletionException(Reason.OVERLOADED, "Come back later.");

    private final List<Throwable> dropped = new CopyOnWriteArrayList<>();

    @BeforeEach
    void watch() {
        Hooks.onErrorDropped(dropped::add);
    }

    @AfterEach
    void watchNoLonger() {
        Hooks.resetOnErrorDropped();
    }

    @Test
    void ofTheApiIsLetGoOf() {
        TestPublisher<ClientResponse> api = TestPublisher.createNoncompliant(Violation.DEFER_CANCELLATION);
        WebClient http =
                WebClient.builder().exchangeFunction(request -> api.mono()).build();
        var request = MessagesRequest.of(
                new CompletionRequest(Origins.origin("req_1"), "sonnet", null, List.of(Turn.user("Hi"))));

        new ClaudeClient(http, new Silence(LONG, LONG, System::nanoTime), LONG)
                .ask(request)
                .subscribe()
                .dispose();
        api.error(refusal);

        api.assertWasSubscribed();
        assertThat(dropped).isEmpty();
    }

    @Test
    void inTheAnswerIsLetGoOf() {
        TestPublisher<StreamEvent> events = TestPublisher.createNoncompliant(Violation.DEFER_CANCELLATION);

        new ClaudeReply("sonnet", Set.of()).of(events.flux()).subscribe().dispose();
        events.error(refusal);

        events.assertWasSubscribed();
        assertThat(dropped).isEmpty();
    }
}
