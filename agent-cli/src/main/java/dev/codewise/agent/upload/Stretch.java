package dev.codewise.agent.upload;

import dev.codewise.protocol.RunMessage.Chunk;
import dev.codewise.protocol.RunToolCall;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Output of one kind that waits to be sent, words, thoughts or what is said of one call, and grows at its end. */
final class Stretch {

    private enum Kind {
        WORDS,
        THOUGHTS,
        CALL
    }

    private final Kind kind;
    private final StringBuilder text = new StringBuilder();

    /** What is still to be said of the call before its arguments; nothing in the others. */
    private @Nullable RunToolCall call;

    private boolean announced;

    private Stretch(Kind kind, @Nullable RunToolCall call) {
        this.kind = kind;
        this.call = call;
        this.announced = call == null || call.id() == null;
    }

    static Stretch ofWords() {
        return new Stretch(Kind.WORDS, null);
    }

    static Stretch ofThoughts() {
        return new Stretch(Kind.THOUGHTS, null);
    }

    /** Of the call that this is the next piece of, its arguments left out. */
    static Stretch of(RunToolCall call) {
        return new Stretch(Kind.CALL, new RunToolCall(call.index(), call.id(), call.name(), null));
    }

    boolean isOfWords() {
        return kind == Kind.WORDS;
    }

    boolean isOfThoughts() {
        return kind == Kind.THOUGHTS;
    }

    /** Whether the piece belongs at the end of this. */
    boolean isContinuedBy(RunToolCall piece) {
        return call != null && call.index() == piece.index() && piece.id() == null;
    }

    void add(String piece) {
        text.append(piece);
    }

    int length() {
        return text.length();
    }

    boolean isEmpty() {
        return announced && text.isEmpty();
    }

    /** Whether there is something to send, if more may be added. */
    boolean isSendable(boolean mayGrow) {
        return !announced || sendable(mayGrow) > 0;
    }

    Chunk take(String requestId, boolean mayGrow) {
        var length = sendable(mayGrow);
        var content = wellFormed(text.substring(0, length));
        text.delete(0, length);
        announced = true;
        return chunk(requestId, content);
    }

    private Chunk chunk(String requestId, String content) {
        var head = call;
        if (head == null) {
            return isOfWords() ? new Chunk(requestId, null, content) : new Chunk(requestId, null, "", content, null);
        }
        call = new RunToolCall(head.index(), null, null, null);
        return new Chunk(requestId, null, "", null, new RunToolCall(head.index(), head.id(), head.name(), content));
    }

    /** Never the first half of a surrogate pair whose second half may still come. */
    private int sendable(boolean mayGrow) {
        var length = Math.min(text.length(), Outbox.LONGEST_CHUNK);
        var isCut = length > 0 && Character.isHighSurrogate(text.charAt(length - 1));
        return isCut && (mayGrow || length < text.length()) ? length - 1 : length;
    }

    /** Half a pair that stayed alone has no bytes of its own. */
    private static String wellFormed(String content) {
        return new String(content.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
