package dev.codewise.proxy.claude;

import dev.codewise.fixtures.ApiAnswer;
import dev.codewise.fixtures.FakeAnthropic;
import dev.codewise.proxy.completion.Provider;
import dev.codewise.proxy.completion.ProviderContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class ClaudeApiProviderContractTest extends ProviderContract {

    private FakeAnthropic anthropic;

    @BeforeEach
    void start() throws IOException {
        anthropic = FakeAnthropic.start();
    }

    @AfterEach
    void stop() throws IOException {
        anthropic.close();
    }

    @Override
    protected Provider provider() {
        return Providers.patient(anthropic);
    }

    @Override
    protected Provider impatientProvider() {
        return Providers.waitingAtMost(Duration.ofMillis(500), anthropic);
    }

    @Override
    protected void peerSays(String... pieces) {
        anthropic.says(pieces);
    }

    @Override
    protected void peerStallsAfter(String... pieces) {
        anthropic.next(ApiAnswer.says(pieces).stallsAfter(pieces.length));
    }

    @Override
    protected void peerFails() {
        anthropic.fails(500, "api_error");
    }

    @Override
    protected void peerIsAway() {
        try {
            anthropic.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected int requestsAtThePeer() {
        return anthropic.requests().size();
    }

    @Override
    protected void awaitPeerReleased() {
        anthropic.awaitRequest().awaitHangUp();
    }
}
