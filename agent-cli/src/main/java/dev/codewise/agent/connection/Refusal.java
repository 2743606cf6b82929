package dev.codewise.agent.connection;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Why the proxy, or whoever answers in its place, refused a connection: its own words, where it gives a reason. */
final class Refusal {

    private static final int LONGEST_BODY = 16 * 1024;
    private static final int LONGEST_SENTENCE = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final JsonMapper JSON = new JsonMapper();

    private Refusal() {}

    /** Reads the body no further than it makes sense, and closes it. */
    static String read(int status, InputStream body) {
        var sentence = sentence(body);
        return Reasons.of(status) + sentence.map(words -> ": " + words).orElse("");
    }

    private static Optional<String> sentence(InputStream body) {
        try (body;
                var watchdog = new SilenceWatchdog(body, PATIENCE)) {
            watchdog.start();
            return sentenceIn(body.readNBytes(LONGEST_BODY));
        } catch (IOException | JacksonException e) {
            // a refusal without words is one all the same
            return Optional.empty();
        }
    }

    /** The proxy's agent endpoints say it in one shape, everything else of it as problem JSON. */
    private static Optional<String> sentenceIn(byte[] body) {
        var json = JSON.readTree(body);
        var words = json.at("/error/message").asString(json.path("detail").asString(""));
        return Optional.of(words)
                .filter(said -> !said.isBlank())
                .map(said -> said.substring(0, Math.min(said.length(), LONGEST_SENTENCE)));
    }
}
