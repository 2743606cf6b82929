package dev.codewise.proxy.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

class MessageStreamTest {

    private final MessageStream stream = new MessageStream(Duration.ofMinutes(1), JsonMapper.shared());

    @Test
    void tellsASlowReaderWhatHappenedBeforeAFailure() {
        Flux<CompletionEvent> completion =
                Flux.<CompletionEvent>just(new Text("Hel"), new Text("lo")).concatWith(broken());

        StepVerifier.create(stream.of(completion, Message.begun("msg_1", "sonnet"), () -> "", failure -> "failed"), 0)
                .thenRequest(1)
                .assertNext(event -> assertThat(event).contains("message_start"))
                .thenRequest(1)
                .assertNext(event -> assertThat(event).contains("content_block_start"))
                .thenRequest(1)
                .assertNext(event -> assertThat(event).contains("Hel"))
                .expectNoEvent(Duration.ofMillis(20))
                .thenRequest(1)
                .assertNext(event -> assertThat(event).contains("lo"))
                .thenRequest(1)
                .expectNext("failed")
                .verifyComplete();
    }

    private static Mono<CompletionEvent> broken() {
        return Mono.error(new IllegalStateException("broken"));
    }
}
