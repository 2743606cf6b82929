package dev.codewise.proxy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Origins;
import dev.codewise.proxy.completion.Part;
import dev.codewise.proxy.completion.Turn;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** Requests of which it takes a while to look at all. */
class LargeRequestsTest {

    static Stream<CompletionRequest> large() {
        String much = "x".repeat((int) Bulk.MUCH);
        return Stream.of(
                asking(much),
                new CompletionRequest(Origins.origin("req-1"), "sonnet", much + "!", List.of(Turn.user("Hi"))),
                asking(new Part.Image("image/png", much)),
                asking(new Part.Document("application/pdf", much)),
                asking(new Part.ToolCall("c1", "weather", much)),
                asking(new Part.ToolResult("c1", List.of(new Part.Text(much)), false)),
                asking(Stream.generate(() -> new Part.Text("")).limit(3000).toArray(Part[]::new)));
    }

    @ParameterizedTest
    @MethodSource("large")
    void areLookedAtBesideWhatServesOthers(CompletionRequest request) {
        assertThat(threadOf(request)).startsWith("boundedElastic");
    }

    @Test
    void areNotTheUsualOnesWhichNeedNoOtherThread() {
        assertThat(threadOf(asking("x".repeat((int) Bulk.MUCH / 2))))
                .isEqualTo(Thread.currentThread().getName());
    }

    private static String threadOf(CompletionRequest request) {
        Mono<String> work = Mono.fromSupplier(() -> Thread.currentThread().getName());
        return String.valueOf(Bulk.aside(request, work).block());
    }

    private static CompletionRequest asking(String text) {
        return asking(new Part.Text(text));
    }

    private static CompletionRequest asking(Part... parts) {
        return new CompletionRequest(
                Origins.origin("req-1"), "sonnet", null, List.of(new Turn(Turn.Role.USER, List.of(parts))));
    }
}
