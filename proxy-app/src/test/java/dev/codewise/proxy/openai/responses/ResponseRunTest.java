package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

class ResponseRunTest {

    @Test
    void tellsASlowReaderWhatHappenedBeforeAFailure() {
        var head = JsonMapper.shared().createObjectNode().put("id", "resp_1").put("status", "in_progress");
        var run = new ResponseRun(new OwnedId("alice", "resp_1"), head, (answer, ending) -> Mono.just(ending));
        Flux<CompletionEvent> completion =
                Flux.<CompletionEvent>just(new Text("Hel"), new Text("lo")).concatWith(broken());

        StepVerifier.create(
                        run.events(completion).map(event -> event.path("delta").asString("")), 1)
                .expectNextCount(1)
                .thenRequest(4)
                .expectNextCount(3)
                .expectNext("Hel")
                .expectNoEvent(Duration.ofMillis(20))
                .thenRequest(1)
                .expectNext("lo")
                .verifyErrorMessage("broken");
    }

    private static Mono<CompletionEvent> broken() {
        return Mono.error(new IllegalStateException("broken"));
    }
}
