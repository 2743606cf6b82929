package dev.codewise.proxy.agent;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.Part;
import dev.codewise.proxy.completion.Turn;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.Stream;

/**
 * One turn as a number, whether it was asked in one piece or is being answered in many.
 *
 * <p>It must come out alike for an answer and for what its client sends back of it: so white space does not count, which clients
 * trim, nor does the thinking, which they drop; and a call of a tool counts by its id, since its arguments may be written anew.
 */
final class TurnDigest implements Part.Reader<TurnDigest>, CompletionEvent.Reader<TurnDigest> {

    private final MessageDigest words = sha256();
    private final MessageDigest things = sha256();

    /** Of one side's turn. */
    TurnDigest(Turn.Role role) {
        this(role.name());
    }

    /** Of whatever else makes a difference, such as the model that is asked. */
    TurnDigest(String... kinds) {
        Stream.of(kinds).forEach(this::thing);
    }

    static byte[] of(Turn turn) {
        var digest = new TurnDigest(turn.role());
        turn.parts().forEach(part -> part.tell(digest));
        return digest.value();
    }

    /** To be asked for once, after everything has been told. */
    byte[] value() {
        byte[] all = words.digest();
        return ByteBuffer.allocate(2 * all.length).put(all).put(things.digest()).array();
    }

    TurnDigest words(String text) {
        var letters = ByteBuffer.allocate(2 * text.length());
        text.chars().filter(unit -> !Character.isWhitespace(unit)).forEach(unit -> letters.putChar((char) unit));
        words.update(letters.flip());
        return this;
    }

    private TurnDigest thing(String identity) {
        things.update(identity.getBytes(StandardCharsets.UTF_8));
        things.update((byte) 0);
        return this;
    }

    @Override
    public TurnDigest text(Part.Text text) {
        return words(text.text());
    }

    @Override
    public TurnDigest image(Part.Image image) {
        return thing(image.base64());
    }

    @Override
    public TurnDigest document(Part.Document document) {
        return thing(document.base64());
    }

    @Override
    public TurnDigest toolCall(Part.ToolCall call) {
        return thing(call.id());
    }

    @Override
    public TurnDigest toolResult(Part.ToolResult result) {
        thing(result.callId());
        result.content().forEach(part -> part.tell(this));
        return this;
    }

    @Override
    public TurnDigest taken(CompletionEvent.Taken taken) {
        return this;
    }

    @Override
    public TurnDigest thinking(CompletionEvent.Thinking thinking) {
        return this;
    }

    @Override
    public TurnDigest text(CompletionEvent.Text text) {
        return words(text.text());
    }

    @Override
    public TurnDigest toolCall(CompletionEvent.ToolCallPiece piece) {
        String id = piece.id();
        return id == null ? this : thing(id);
    }

    @Override
    public TurnDigest finished(CompletionEvent.Finished finished) {
        return this;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
