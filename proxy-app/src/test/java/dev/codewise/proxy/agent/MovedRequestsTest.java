package dev.codewise.proxy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.CompletionRouter;
import dev.codewise.proxy.completion.Origins;
import dev.codewise.proxy.completion.Turn;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Requests at which one agent has failed, so that another one has them now. */
@AgentSlice
class MovedRequestsTest {

    @LocalServerPort
    private int port;

    @Autowired
    private CompletionRouter router;

    @Autowired
    private AgentDirectory directory;

    private URI proxy = URI.create("about:blank");

    @BeforeEach
    void noAgentIsLeftFromBefore() {
        proxy = URI.create("http://127.0.0.1:" + port);
        await().until(() -> directory.connected().isEmpty());
    }

    @Test
    void takeASlotOfTheirSecondAgentForAsLongAsItHasThem() throws Exception {
        try (var first = FakeAgent.named("laptop-1").slots(1).connectTo(proxy);
                var second = FakeAgent.named("laptop-2").slots(1).connectTo(proxy)) {
            var answer = ask("req-1");
            first.takes().fails("cli_exit", "The CLI has gone.");
            var run = second.takes();

            assertThat(running("laptop-1")).isZero();
            assertThat(running("laptop-2")).isEqualTo(1);

            run.says("Hello");
            run.finishes();
            assertThat(answer.get()).contains(new Text("Hello"));
            assertThat(running("laptop-2")).isZero();
        }
    }

    @Test
    void hearNothingOfTheirFirstAgentEvenWhereItDoesNotSayItsName() throws Exception {
        var first = FakeAgent.named("laptop-1").connectTo(proxy);
        try (var second = FakeAgent.named("laptop-2").connectTo(proxy)) {
            var answer = ask("req-2");
            var lost = first.takes();
            first.hangsUp();
            var run = second.takes();

            assertThat(lost.saysWithoutAName("too late")).isEqualTo(404);
            assertThat(run.saysWithoutAName("Hello")).isEqualTo(200);
            run.finishes();

            assertThat(answer.get()).contains(new Text("Hello")).doesNotContain(new Text("too late"));
        }
    }

    private int running(String agentId) {
        return directory.find(agentId).orElseThrow().work().running();
    }

    private CompletableFuture<List<CompletionEvent>> ask(String id) {
        return router.complete(new CompletionRequest(Origins.origin(id), "sonnet", null, List.of(Turn.user("Hi"))))
                .collectList()
                .toFuture();
    }
}
