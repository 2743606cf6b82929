package dev.codewise.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.agent.claude.Prompt.Turn;
import dev.codewise.fixtures.ApiRequest;
import dev.codewise.fixtures.ClaudeExecutable;
import dev.codewise.fixtures.FakeAnthropic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** The real Claude Code with a home of its own and a fake API; keeps what it told. */
final class AskedClaude {

    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(30), Duration.ofSeconds(60));

    private final Path home;
    private final FakeAnthropic anthropic;
    private final Told told = new Told();

    AskedClaude(Path home, FakeAnthropic anthropic) {
        this.home = home;
        this.anthropic = anthropic;
    }

    Claude claude() {
        return new Claude(ClaudeExecutable.path().toString(), environment());
    }

    Answer ask(Prompt prompt) {
        try (var conversation = claude().start(prompt.model())) {
            return conversation.answer(prompt, told, PATIENCE);
        }
    }

    Answer ask(Turn... turns) {
        return ask(Said.prompt(turns));
    }

    /** As above, by a process that has waited for it, and by no other. */
    Answer askWarm(Prompt prompt) {
        var shelf = new WarmShelf(1, Duration.ofHours(1), new Demand());
        try (var claude = new Claude(ClaudeExecutable.path().toString(), environment(), shelf, ParkingRoom.NONE)) {
            claude.warmUp(List.of(prompt.model()));
            await().atMost(Duration.ofSeconds(30)).until(() -> shelf.missing().isEmpty());
            var waiting = children();
            try (var conversation = claude.start(prompt.model())) {
                assertThat(children()).isSubsetOf(waiting);
                return conversation.answer(prompt, told, PATIENCE);
            }
        }
    }

    Told told() {
        return told;
    }

    private Map<String, String> environment() {
        return ClaudeExecutable.environment(home, anthropic.baseUrl());
    }

    static List<ProcessHandle> children() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().isPresent())
                .toList();
    }

    static List<String> roles(ApiRequest request) {
        return nodes(request.body().path("messages"))
                .map(message -> message.path("role").asString(""))
                .toList();
    }

    /** The blocks of all messages in their order. */
    static List<JsonNode> blocks(ApiRequest request) {
        return nodes(request.body().path("messages"))
                .flatMap(message -> nodes(message.path("content")))
                .toList();
    }

    /** Their texts; an empty one for a block that has none. */
    static List<String> texts(ApiRequest request) {
        return blocks(request).stream()
                .map(block -> block.path("text").asString(""))
                .toList();
    }

    static Stream<JsonNode> nodes(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
