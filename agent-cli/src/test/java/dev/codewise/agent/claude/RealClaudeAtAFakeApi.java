package dev.codewise.agent.claude;

import dev.codewise.fixtures.FakeAnthropic;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** For each test a fake API, and the real Claude Code that asks it, in a home of its own. */
abstract class RealClaudeAtAFakeApi {

    @TempDir
    Path home;

    FakeAnthropic anthropic;
    AskedClaude asked;

    @BeforeEach
    void start() throws IOException {
        anthropic = FakeAnthropic.start();
        asked = new AskedClaude(home, anthropic);
    }

    @AfterEach
    void stop() throws IOException {
        anthropic.close();
    }
}
