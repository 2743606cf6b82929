package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One answer while it is being put together for a client that wants it in one piece. */
final class WholeAnswer implements CompletionEvent.Reader<WholeAnswer> {

    private static final int LONGEST = 16 * 1024 * 1024;

    private final ChatHead asked;
    private final StringBuilder text = new StringBuilder();
    private @Nullable Finished end;

    WholeAnswer(ChatHead asked) {
        this.asked = asked;
    }

    void add(CompletionEvent event) {
        event.tell(this);
    }

    @Override
    public WholeAnswer taken(Taken taken) {
        return this;
    }

    @Override
    public WholeAnswer thinking(Thinking thinking) {
        return this;
    }

    @Override
    public WholeAnswer toolCall(ToolCallPiece piece) {
        return this;
    }

    @Override
    public WholeAnswer text(Text more) {
        if (text.length() + more.text().length() > LONGEST) {
            throw new CompletionException(
                    Reason.PROVIDER_FAILED, "The answer is longer than fits into one piece. Ask for it as a stream.");
        }
        text.append(more.text());
        return this;
    }

    @Override
    public WholeAnswer finished(Finished finished) {
        end = finished;
        return this;
    }

    /** The answer under the name of the model that ran, where the provider says which one that was. */
    ChatCompletion completion() {
        Finished finish = Optional.ofNullable(end).orElseThrow(Unfinished::answer);
        String ran = finish.model() == null ? asked.model() : finish.model();
        return ChatCompletion.of(
                new ChatHead(asked.id(), asked.created(), ran),
                WellFormed.text(text.toString()),
                FinishReasons.nameOf(finish.reason()),
                finish.usage() == null ? null : TokenUsage.of(finish.usage()));
    }
}
