package dev.codewise.proxy.anthropic;

import dev.codewise.proxy.anthropic.Message.Block;
import dev.codewise.proxy.completion.AnswerLimit;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One answer while it is being put together for a client that wants it in one piece; {@link AnswerLimit} says how long it gets. */
final class WholeMessage implements CompletionEvent.Reader<WholeMessage> {

    private final Message frame;
    private final JsonMapper json;
    private final List<Block> blocks = new ArrayList<>();
    private final StringBuilder open = new StringBuilder();
    private @Nullable Object key;
    private Function<String, Block> kind = Block.Text::new;
    private @Nullable Finished end;

    WholeMessage(Message frame, JsonMapper json) {
        this.frame = frame;
        this.json = json;
    }

    void add(CompletionEvent event) {
        event.tell(this);
    }

    @Override
    public WholeMessage taken(Taken taken) {
        return this;
    }

    @Override
    public WholeMessage thinking(Thinking thinking) {
        return more("thinking", thinking.text(), thoughts -> new Block.Thinking(thoughts, ""));
    }

    @Override
    public WholeMessage text(Text text) {
        return more("text", text.text(), Block.Text::new);
    }

    @Override
    public WholeMessage toolCall(ToolCallPiece piece) {
        String id = String.valueOf(piece.id());
        String name = String.valueOf(piece.name());
        return more(piece.index(), piece.arguments(), input -> new Block.ToolUse(id, name, read(input)));
    }

    @Override
    public WholeMessage finished(Finished finished) {
        close();
        end = finished;
        return this;
    }

    /** Under the name of the model that ran, where the provider says which one that was. */
    Message message() {
        Finished finish = Optional.ofNullable(end).orElseThrow(WholeMessage::brokenOff);
        return frame.finished(List.copyOf(blocks), finish);
    }

    /** The first piece of a block says what kind it is of. */
    private WholeMessage more(Object itsKey, String piece, Function<String, Block> itsKind) {
        if (!itsKey.equals(key)) {
            close();
            key = itsKey;
            kind = itsKind;
        }
        open.append(piece);
        return this;
    }

    private void close() {
        if (key != null) {
            blocks.add(kind.apply(open.toString()));
            open.setLength(0);
            key = null;
        }
    }

    /** A call without arguments has an empty input. */
    private JsonNode read(String input) {
        try {
            return json.readTree(input.isBlank() ? "{}" : input);
        } catch (JacksonException e) {
            throw failed("The model called a tool with something that is not JSON.");
        }
    }

    /** Nobody may take an answer that just stops for a whole one. */
    static CompletionException brokenOff() {
        return failed("The answer broke off before it was finished.");
    }

    private static CompletionException failed(String sentence) {
        return new CompletionException(Reason.PROVIDER_FAILED, sentence);
    }
}
