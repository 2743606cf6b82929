package dev.codewise.proxy.anthropic;

import dev.codewise.proxy.anthropic.Message.Block;
import dev.codewise.proxy.anthropic.MessageEvent.BlockDelta;
import dev.codewise.proxy.anthropic.MessageEvent.BlockStart;
import dev.codewise.proxy.anthropic.MessageEvent.BlockStop;
import dev.codewise.proxy.anthropic.MessageEvent.Delta;
import dev.codewise.proxy.anthropic.MessageEvent.End;
import dev.codewise.proxy.anthropic.MessageEvent.Ending;
import dev.codewise.proxy.anthropic.MessageEvent.Start;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One answer as the events of a stream, in the order on which clients rely; one for each answer.
 *
 * <p>Nothing is said before there is something to say, so that until then a failure can still be a status.
 */
final class MessageEvents implements CompletionEvent.Reader<List<MessageEvent>> {

    private static final MessageEvent END = new End();

    private static final Block NO_WORDS = new Block.Text("");
    private static final Block NO_THOUGHTS = new Block.Thinking("", "");

    private Message frame;
    private boolean begun;
    private boolean whole;
    private int block = -1;
    private @Nullable Object open;

    MessageEvents(Message frame) {
        this.frame = frame;
    }

    List<MessageEvent> of(CompletionEvent event) {
        return event.tell(this);
    }

    @Override
    public List<MessageEvent> taken(Taken taken) {
        frame = frame.taken(taken.usage());
        return List.of();
    }

    @Override
    public List<MessageEvent> thinking(Thinking thinking) {
        var events = inBlock(NO_THOUGHTS, NO_THOUGHTS);
        events.add(new BlockDelta(block, new Delta.Thinking(thinking.text())));
        return events;
    }

    @Override
    public List<MessageEvent> text(Text text) {
        var events = inBlock(NO_WORDS, NO_WORDS);
        events.add(new BlockDelta(block, new Delta.Text(text.text())));
        return events;
    }

    /** Each call is a block of its own, told apart by its number. */
    @Override
    public List<MessageEvent> toolCall(ToolCallPiece piece) {
        var call = new Block.ToolUse(
                String.valueOf(piece.id()), String.valueOf(piece.name()), JsonNodeFactory.instance.objectNode());
        var events = inBlock(piece.index(), call);
        if (!piece.arguments().isEmpty()) {
            events.add(new BlockDelta(block, new Delta.Input(piece.arguments())));
        }
        return events;
    }

    @Override
    public List<MessageEvent> finished(Finished finished) {
        var events = begin();
        close(events);
        var stop = new Ending.Stop(Message.reasonOf(finished), finished.stopSequence());
        events.add(new Ending(stop, Message.Tokens.of(finished.usage())));
        whole = true;
        return events;
    }

    /** The last event of the stream, or a failure where the answer was not finished. */
    Mono<MessageEvent> end() {
        return whole ? Mono.just(END) : Mono.error(WholeMessage::brokenOff);
    }

    /** Opens a block where another one, or none, is open. */
    private List<MessageEvent> inBlock(Object wanted, Block empty) {
        var events = begin();
        if (!wanted.equals(open)) {
            close(events);
            open = wanted;
            block++;
            events.add(new BlockStart(block, empty));
        }
        return events;
    }

    private void close(List<MessageEvent> events) {
        if (open != null) {
            events.add(new BlockStop(block));
            open = null;
        }
    }

    private List<MessageEvent> begin() {
        var events = new ArrayList<MessageEvent>();
        if (!begun) {
            begun = true;
            events.add(new Start(frame));
        }
        return events;
    }
}
