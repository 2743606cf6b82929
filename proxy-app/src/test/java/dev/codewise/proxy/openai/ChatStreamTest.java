package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.Answerer;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.FinishReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

class ChatStreamTest {

    private static final Duration BEAT = Duration.ofSeconds(15);
    private static final ChatMessage USER = new ChatMessage("user", StringNode.valueOf("Hi"), null, null, null, null);
    private static final CompletionEvent TAKEN = new Taken(new Answerer("scripted", null));
    private static final CompletionEvent HELLO = new Text("Hello");
    private static final CompletionEvent END = new Finished(FinishReason.STOP, null, null, null);
    private final CompletionException failure = new CompletionException(Reason.PROVIDER_FAILED, "The laptop said no.");

    @Test
    void beatsEveryFifteenSecondsUntilTheEnd() {
        StepVerifier.withVirtualTime(() -> told(Flux.just(TAKEN, HELLO, END).delayElements(Duration.ofSeconds(22))))
                .expectSubscription()
                .expectNoEvent(BEAT)
                .expectNext(ChatStream.BEAT)
                .expectNoEvent(BEAT)
                .expectNext(ChatStream.BEAT)
                .thenAwait(Duration.ofSeconds(14))
                .expectNextMatches(events -> events.contains("\"role\":\"assistant\"") && events.contains("Hello"))
                .thenAwait(BEAT)
                .expectNext(ChatStream.BEAT)
                .thenAwait(BEAT)
                .expectNext(ChatStream.BEAT)
                .expectNextMatches(events -> events.contains("\"finish_reason\":\"stop\""))
                .expectNext(ChunkFrame.DONE)
                .verifyComplete();
    }

    @Test
    void failsAsAWholeWhileNothingWasSent() {
        var failing = Flux.just(TAKEN).concatWith(Flux.error(failure));

        StepVerifier.create(told(failing)).verifyErrorMatches(failure::equals);
    }

    @Test
    void saysWhyItBreaksOnceABeatWasSent() {
        var failing =
                Flux.just(TAKEN).concatWith(Mono.delay(Duration.ofSeconds(16)).then(Mono.error(failure)));

        StepVerifier.withVirtualTime(() -> told(failing))
                .thenAwait(Duration.ofSeconds(16))
                .expectNext(ChatStream.BEAT, "error: The laptop said no.", ChunkFrame.DONE)
                .verifyComplete();
    }

    @Test
    void endsAfterTheCompletionItself() {
        var unended = Flux.just(HELLO, END).concatWith(Flux.never());

        StepVerifier.create(told(unended))
                .expectNextCount(2)
                .expectNoEvent(Duration.ofMillis(50))
                .thenCancel()
                .verify();
    }

    private static Flux<String> told(Flux<? extends CompletionEvent> completion) {
        var question = ChatQuestion.of(
                new ChatRequest("sonnet", List.of(USER), true, null, Map.of()), "req_1", new AnswerSchemas());
        var chunks = new ChatChunks(
                ChunkFrame.of(question, ChatHead.of(question, Instant.EPOCH), JsonMapper.shared()), CallForm.TOOLS);
        return new ChatStream(BEAT)
                .of(completion.cast(CompletionEvent.class), chunks, cause -> "error: " + cause.getMessage());
    }
}
