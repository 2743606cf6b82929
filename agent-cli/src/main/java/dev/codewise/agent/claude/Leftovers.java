package dev.codewise.agent.claude;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The processes that agents of this user recorded and did not live to end. */
final class Leftovers {

    private static final Pattern RECORD = Pattern.compile("agent-(\\d{1,18})-(\\d{1,18})\\.json");
    private static final long LARGEST_RECORD = 1024 * 1024;
    private static final TypeReference<List<Trace>> TRACES = new TypeReference<>() {};

    private final JsonMapper json;
    private final Path folder;

    Leftovers(JsonMapper json, Path folder) {
        this.json = json;
        this.folder = folder;
    }

    /** Ends those that still live, each with all that it has started, and says how many there were. */
    int end() {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (var files = Files.list(folder)) {
            return files.filter(Leftovers::hasNoOwner).mapToInt(this::end).sum();
        } catch (IOException e) {
            return 0;
        }
    }

    /** The record of an agent that runs is its own business. */
    private static boolean hasNoOwner(Path file) {
        var name = RECORD.matcher(file.getFileName().toString());
        return name.matches()
                && Trace.find(Long.parseLong(name.group(1)), Long.parseLong(name.group(2)))
                        .isEmpty();
    }

    private int end(Path file) {
        try {
            var traces = Files.size(file) > LARGEST_RECORD
                    ? List.<Trace>of()
                    : json.readValue(Files.readAllBytes(file), TRACES);
            Files.delete(file);
            return traces.stream().mapToInt(Leftovers::end).sum();
        } catch (IOException | JacksonException e) {
            return 0;
        }
    }

    private static int end(Trace trace) {
        var process = trace.find();
        process.ifPresent(found -> new Family(found).kill());
        WorkingFolder.removeIfEmpty(trace.folder());
        return process.isPresent() ? 1 : 0;
    }
}
