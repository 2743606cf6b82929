package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What every chunk of one stream has around its choice.
 *
 * <p>It is put together once, so that a piece of text costs no more than its own escaping.
 */
final class ChunkFrame {

    static final String DONE = "data: [DONE]\n\n";

    private static final String END = "}\n\n";

    private final JsonMapper json;
    private final String head;
    private final boolean countsTokens;
    private final String tail;

    private ChunkFrame(String head, boolean countsTokens, JsonMapper json) {
        this.head = head;
        this.countsTokens = countsTokens;
        this.json = json;
        this.tail = "]" + (countsTokens ? ",\"usage\":null" : "") + END;
    }

    /** With the usage in an event of its own at the end and null before, or without a word about it, as was asked. */
    static ChunkFrame of(Question question, ChatHead head, JsonMapper json) {
        boolean countsTokens = question.delivery() == Delivery.AS_STREAM_WITH_USAGE;
        return new ChunkFrame(headOf(head, question.format().chunkObject()), countsTokens, json);
    }

    private static String headOf(ChatHead head, String object) {
        var text = new StringBuilder("data: {\"id\":");
        JsonText.append(head.id(), text);
        text.append(",\"object\":\"").append(object).append("\",\"created\":").append(head.created());
        JsonText.append(head.model(), text.append(",\"model\":"));
        return text.append(",\"choices\":[").toString();
    }

    /** Begins a chunk, the choice of which is to be appended before it is ended. */
    StringBuilder begin(StringBuilder events) {
        return events.append(head);
    }

    StringBuilder end(StringBuilder events) {
        return events.append(tail);
    }

    /** The chunk without a choice that comes last where it is wanted, for clients wait for it; with null where nobody counted. */
    String usage(@Nullable Usage usage) {
        return countsTokens ? head + "],\"usage\":" + json.writeValueAsString(tokens(usage)) + END : "";
    }

    private static @Nullable TokenUsage tokens(@Nullable Usage usage) {
        return usage == null ? null : TokenUsage.of(usage);
    }
}
