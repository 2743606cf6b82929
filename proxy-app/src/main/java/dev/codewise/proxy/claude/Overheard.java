package dev.codewise.proxy.claude;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.codewise.proxy.completion.Usage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Learns from the bytes of an answer, as they pass, how many tokens it has used, by which model, why that stopped, and whether a
 * stream came to its end, and touches none of them. What it cannot make out it leaves alone: a line or a body beyond a limit,
 * what is compressed, and what is no JSON.
 */
final class Overheard {

    private static final int LONGEST_LINE = 32 * 1024;
    private static final int LARGEST_BODY = 1024 * 1024;
    private static final String LAST = "event: message_stop";
    private static final String DATA = "data:";
    private static final Set<String> COUNTED = Set.of("message", "message_start", "message_delta");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final boolean isStream;
    private final ClaudePassThrough.Listener listener;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean tooLong;
    private boolean whole;
    private TokenCounts counts = TokenCounts.NONE;
    private @Nullable String model;

    Overheard(boolean isStream, ClaudePassThrough.Listener listener) {
        this.isStream = isStream;
        this.listener = listener;
    }

    /** A message, or an event that begins or ends one. */
    private record Told(
            @Nullable String type,
            @Nullable Told message,
            @Nullable Told delta,
            @Nullable String model,
            @JsonProperty("stop_reason") @Nullable String stopReason,
            @Nullable TokenCounts usage) {

        private Stream<Told> parts() {
            return Stream.of(this, message, delta).filter(Objects::nonNull);
        }
    }

    void hear(DataBuffer passing) {
        try (DataBuffer.ByteBufferIterator pieces = passing.readableByteBuffers()) {
            pieces.forEachRemaining(this::hear);
        }
    }

    private void hear(ByteBuffer piece) {
        while (piece.hasRemaining()) {
            hear(piece.get());
        }
    }

    private void hear(byte octet) {
        if (isStream && octet == '\n') {
            endOfLine();
        } else if (kept.size() < (isStream ? LONGEST_LINE : LARGEST_BODY)) {
            kept.write(octet);
        } else {
            tooLong = true;
        }
    }

    private void endOfLine() {
        String line = tooLong ? "" : kept.toString(StandardCharsets.UTF_8);
        kept.reset();
        tooLong = false;
        whole |= line.startsWith(LAST);
        if (line.startsWith(DATA) && line.contains("\"usage\"")) {
            read(line.substring(DATA.length()));
        }
    }

    /** There is no more, and whether it was the whole answer; one that is no stream tells only now. */
    boolean end() {
        if (!isStream && !tooLong) {
            read(kept.toString(StandardCharsets.UTF_8));
        }
        return whole || !isStream;
    }

    private void read(String json) {
        told(json).filter(told -> COUNTED.contains(String.valueOf(told.type))).stream()
                .flatMap(Told::parts)
                .forEach(this::add);
    }

    private void add(Told told) {
        model = told.model == null ? model : told.model;
        if (told.usage != null) {
            used(told.usage);
        }
        if (told.stopReason != null) {
            listener.finished(ClaudeReply.reasonFor(told.stopReason), model);
        }
    }

    private void used(TokenCounts more) {
        counts = counts.updatedBy(more);
        Usage usage = counts.usage();
        if (usage != null) {
            listener.used(usage);
        }
    }

    private static Optional<Told> told(String json) {
        try {
            return Optional.ofNullable(JSON.readValue(json, Told.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
