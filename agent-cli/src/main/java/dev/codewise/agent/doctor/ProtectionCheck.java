package dev.codewise.agent.doctor;

import dev.codewise.agent.claude.AnswerListener;
import dev.codewise.agent.claude.CallPiece;
import dev.codewise.agent.claude.Claude;
import dev.codewise.agent.claude.ClaudeException;
import dev.codewise.agent.claude.Part;
import dev.codewise.agent.claude.Patience;
import dev.codewise.agent.claude.Prompt;
import dev.codewise.agent.claude.Prompt.Speaker;
import dev.codewise.agent.claude.Prompt.Turn;
import dev.codewise.agent.claude.Retry;
import dev.codewise.agent.claude.Tokens;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The proof that claude sends no file of this machine because a text names it, and takes no text for a command. It is had with a
 * file made for it, a home of its own and a stand-in for the API: no account, no network.
 */
public final class ProtectionCheck implements Check {

    private static final String MODEL = "claude-sonnet-5";
    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(30), Duration.ofSeconds(60));
    private static final Set<String> NEEDED = Set.of("PATH", "LANG", "TMPDIR", "TZ");

    private final String executable;
    private final Map<String, String> environment;

    public ProtectionCheck(String executable, Map<String, String> environment) {
        this.executable = executable;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Finding run() {
        try {
            var home = Files.createTempDirectory("codewise-doctor-");
            try (var api = LocalApi.start()) {
                return examine(home, api);
            } finally {
                remove(home);
            }
        } catch (ClaudeException e) {
            return Finding.broken("claude gave no answer to a stand-in for the API: " + e.getMessage());
        } catch (IOException e) {
            return Finding.broken("the check could not be made on this machine: " + e.getMessage());
        }
    }

    private Finding examine(Path home, LocalApi api) throws IOException {
        var canary = UUID.randomUUID().toString();
        var file = Files.writeString(home.resolve("canary.txt"), canary);
        var texts = List.of(
                "@" + file, "see @~/canary.txt please", "/cost @" + file, "/clear", "@\"" + file + "\" and more");
        ask(home, api, texts);
        var sent = api.request();
        if (sent.isEmpty()) {
            return Finding.broken("claude took a text for a command of its own, and asked no model");
        }
        return judge(sent.get(), canary);
    }

    private static Finding judge(String sent, String canary) {
        if (sent.contains(canary)) {
            return Finding.broken("claude sends files of this machine that a text names."
                    + " Do not connect an agent with it: npm install -g @anthropic-ai/claude-code@latest");
        }
        return Stream.of("canary.txt", "/cost @", "/clear").allMatch(sent::contains)
                ? Finding.well("claude read no file that a text named, and took no text for a command")
                : Finding.broken("claude took a text for a command of its own: it did not reach the model");
    }

    private void ask(Path home, LocalApi api, List<String> texts) {
        var said = texts.stream().flatMap(text -> Stream.of(Turn.user(text), Turn.assistant(text)));
        var results = Stream.of(calling(texts), resulting(texts), Turn.assistant("/clear"));
        var question = Stream.of(Turn.user(texts.get(texts.size() - 1)));
        var turns =
                Stream.of(said, results, question).flatMap(Function.identity()).toList();
        var prompt = new Prompt(MODEL, String.join("\n", texts), turns);
        try (var claude = new Claude(executable, environment(home, api));
                var conversation = claude.start(MODEL)) {
            conversation.answer(prompt, new Deaf(), PATIENCE);
        }
    }

    private static Turn calling(List<String> texts) {
        return new Turn(
                Speaker.ASSISTANT,
                IntStream.range(0, texts.size())
                        .<Part>mapToObj(ProtectionCheck::call)
                        .toList());
    }

    private static Part call(int number) {
        return new Part.ToolCall("toolu_" + number, "read", "{}");
    }

    private static Turn resulting(List<String> texts) {
        return new Turn(
                Speaker.USER,
                IntStream.range(0, texts.size())
                        .<Part>mapToObj(number -> result(number, texts.get(number)))
                        .toList());
    }

    private static Part result(int number, String text) {
        return new Part.ToolResult("toolu_" + number, List.of(new Part.Text(text)), false);
    }

    /** Nothing of the user's: neither a login nor a proxy that would be asked for 127.0.0.1. */
    private Map<String, String> environment(Path home, LocalApi api) {
        var bare = new HashMap<>(environment);
        bare.keySet().retainAll(NEEDED);
        bare.put("HOME", home.toString());
        bare.put("ANTHROPIC_BASE_URL", api.url().toString());
        bare.put("ANTHROPIC_API_KEY", "sk-ant-made-up-by-codewise-doctor");
        return bare;
    }

    private static void remove(Path home) throws IOException {
        try (var files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    /** Nobody reads the answer. */
    private static final class Deaf implements AnswerListener {

        @Override
        public void begun(Tokens soFar) {}

        @Override
        public void text(String piece) {}

        @Override
        public void thinking(String piece) {}

        @Override
        public void toolCall(CallPiece piece) {}

        @Override
        public void retrying(Retry retry) {}

        @Override
        public void alive() {}
    }
}
