package dev.codewise.agent.claude;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a real claude once printed, recorded against a scripted API. */
record Transcript(String text) {

    static Transcript of(String name) {
        try (var recorded = Transcript.class.getResourceAsStream("/transcripts/" + name + ".ndjson")) {
            if (recorded == null) {
                throw new IllegalArgumentException("there is no transcript " + name);
            }
            return new Transcript(new String(recorded.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From where the question was taken: what came before answered instructions and history. */
    String answer() {
        return text.substring(text.lastIndexOf("{\"type\":\"system\",\"subtype\":\"init\""));
    }

    List<byte[]> lines() {
        return text.lines().map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
    }
}
