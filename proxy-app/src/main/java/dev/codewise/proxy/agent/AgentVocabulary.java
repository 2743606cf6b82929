package dev.codewise.proxy.agent;

import dev.codewise.protocol.RunError;
import dev.codewise.protocol.RunErrorCode;
import dev.codewise.protocol.RunFinish;
import dev.codewise.protocol.RunMessage;
import dev.codewise.protocol.RunMessage.Chunk;
import dev.codewise.protocol.RunMessage.Complete;
import dev.codewise.protocol.RunMessage.Failed;
import dev.codewise.protocol.RunToolCall;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.completion.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What agents say, in the words of the proxy. What they are asked is the matter of an {@link Errand}. */
final class AgentVocabulary implements RunMessage.Reader<List<CompletionEvent>> {

    private static final Duration SOON = Duration.ofSeconds(2);

    /** So much of why an agent failed is for a person to read. */
    static final int LONGEST_SENTENCE = 4096;

    /** What a message means to the client; fails where it says that the run has failed. */
    List<CompletionEvent> fromRun(RunMessage message) {
        return message.tell(this);
    }

    /** The same, after who has taken the request once more where the message says what that uses. */
    List<CompletionEvent> fromRun(RunMessage message, Taken taken) {
        Usage soFar = message.endsRun() ? null : Figures.usage(message.usage());
        return soFar == null
                ? fromRun(message)
                : begun(new Taken(taken.by(), taken.unheeded(), soFar), fromRun(message));
    }

    private static List<CompletionEvent> begun(Taken taken, List<CompletionEvent> events) {
        return Stream.concat(Stream.of(taken), events.stream()).toList();
    }

    @Override
    public List<CompletionEvent> chunk(Chunk chunk) {
        if (chunk.thinking() == null && chunk.toolCall() == null) {
            return text(chunk.content());
        }
        var events = new ArrayList<CompletionEvent>();
        if (chunk.thinking() != null && !chunk.thinking().isEmpty()) {
            events.add(new Thinking(chunk.thinking()));
        }
        events.addAll(text(chunk.content()));
        if (chunk.toolCall() != null) {
            events.add(fromRun(chunk.toolCall()));
        }
        return events;
    }

    private static ToolCallPiece fromRun(RunToolCall piece) {
        String arguments = piece.arguments() == null ? "" : piece.arguments();
        return new ToolCallPiece(piece.index(), piece.id(), piece.name(), arguments);
    }

    @Override
    public List<CompletionEvent> complete(Complete complete) {
        var events = new ArrayList<>(text(complete.content()));
        events.add(new Finished(
                fromRun(complete.finishReason()),
                Figures.usage(complete.usage()),
                Figures.dollars(complete.costUsd()),
                Figures.model(complete.model()),
                complete.stopSequence()));
        return events;
    }

    @Override
    public List<CompletionEvent> failed(Failed failed) {
        throw fromRun(failed.error()).having(Figures.usage(failed.usage()));
    }

    private static List<CompletionEvent> text(@Nullable String content) {
        return content == null || content.isEmpty() ? List.of() : List.of(new Text(content));
    }

    private static FinishReason fromRun(@Nullable RunFinish finish) {
        return finish == null
                ? FinishReason.STOP
                : switch (finish) {
                    case STOP -> FinishReason.STOP;
                    case LENGTH -> FinishReason.LENGTH;
                    case TOOL_CALLS -> FinishReason.TOOL_CALLS;
                    case CONTENT_FILTER -> FinishReason.CONTENT_FILTER;
                };
    }

    private static CompletionException fromRun(RunError error) {
        RunErrorCode code = error.code() == null ? RunErrorCode.INTERNAL : error.code();
        var failure = new CompletionException(reasonOf(code), sentence(code, error.message()));
        Duration wait = waitAfter(code, error.retryAfterMs());
        if (wait != null) {
            failure = failure.retryAfter(wait);
        }
        return error.isFinal() ? failure.asFinal() : failure.asPassing();
    }

    /** Who is only busy is there, so the client should come back, and nobody need connect an agent. */
    private static @Nullable Duration waitAfter(RunErrorCode code, @Nullable Long retryAfterMs) {
        if (retryAfterMs != null && retryAfterMs > 0) {
            return Duration.ofMillis(retryAfterMs);
        }
        return code == RunErrorCode.BUSY ? SOON : null;
    }

    private static String sentence(RunErrorCode code, String message) {
        if (message.isBlank()) {
            return "The agent failed with " + code.wireName() + ".";
        }
        return message.length() <= LONGEST_SENTENCE ? message : message.substring(0, LONGEST_SENTENCE) + "…";
    }

    private static Reason reasonOf(RunErrorCode code) {
        return switch (code) {
            case CLI_NOT_FOUND, CLI_EXIT, CLI_AUTH, CANCELLED, INTERNAL -> Reason.PROVIDER_FAILED;
            case CLI_TIMEOUT -> Reason.PROVIDER_TIMED_OUT;
            case RATE_LIMITED -> Reason.RATE_LIMITED;
            case OVERLOADED -> Reason.OVERLOADED;
            case PROMPT_TOO_LONG -> Reason.PROMPT_TOO_LONG;
            case REFUSED -> Reason.REFUSED;
            case BUSY -> Reason.PROVIDER_UNAVAILABLE;
            case INVALID_REQUEST -> Reason.INVALID_REQUEST;
        };
    }
}
