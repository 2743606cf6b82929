package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * One answer as the events of a stream; one for each answer.
 *
 * <p>What is the same in all of them is put together once, so that a piece of text costs no more than its own escaping.
 */
final class ChatChunks implements CompletionEvent.Reader<String> {

    static final String DONE = "data: [DONE]\n\n";

    private static final String ROLE = "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}";
    private static final String END = "}\n\n";

    private final JsonMapper json;
    private final String head;
    private final String beforeDelta;
    private final String noUsage;
    private final String afterDelta;
    private boolean begun;
    private boolean finished;

    private ChatChunks(ChatHead head, String noUsage, JsonMapper json) {
        this.json = json;
        this.head = headOf(head);
        this.beforeDelta = this.head + "[{\"index\":0,\"delta\":";
        this.noUsage = noUsage;
        this.afterDelta = ",\"logprobs\":null,\"finish_reason\":null}]" + noUsage + END;
    }

    /** With the usage in an event of its own at the end and null before, or without a word about it, as was asked. */
    static ChatChunks of(ChatHead head, ChatRequest request, JsonMapper json) {
        return new ChatChunks(head, request.wantsUsageInStream() ? ",\"usage\":null" : "", json);
    }

    private static String headOf(ChatHead head) {
        var text = new StringBuilder("data: {\"id\":");
        JsonText.append(head.id(), text);
        text.append(",\"object\":\"chat.completion.chunk\",\"created\":").append(head.created());
        JsonText.append(head.model(), text.append(",\"model\":"));
        return text.append(",\"choices\":").toString();
    }

    /** What to send for it; empty when that is nothing. */
    String of(CompletionEvent event) {
        return event.tell(this);
    }

    @Override
    public String taken(Taken taken) {
        return "";
    }

    @Override
    public String thinking(Thinking thinking) {
        return "";
    }

    @Override
    public String toolCall(ToolCallPiece piece) {
        return "";
    }

    @Override
    public String text(Text text) {
        var events = begin(text.text().length());
        JsonText.append(text.text(), events.append(beforeDelta).append("{\"content\":"));
        return events.append('}').append(afterDelta).toString();
    }

    @Override
    public String finished(Finished end) {
        finished = true;
        return begin(0).append(beforeDelta)
                .append("{},\"logprobs\":null,\"finish_reason\":\"")
                .append(FinishReasons.nameOf(end.reason()))
                .append("\"}]")
                .append(noUsage)
                .append(END)
                .append(usageOf(end))
                .toString();
    }

    /** The last event of the stream, or a failure where the answer was not finished. */
    Mono<String> end() {
        return finished ? Mono.just(DONE) : Mono.error(Unfinished::answer);
    }

    /** Who speaks is said once, before anything else. */
    private StringBuilder begin(int more) {
        var events = new StringBuilder(2 * (beforeDelta.length() + afterDelta.length()) + more);
        if (!begun) {
            begun = true;
            events.append(beforeDelta).append(ROLE).append(afterDelta);
        }
        return events;
    }

    private String usageOf(Finished end) {
        return noUsage.isEmpty() || end.usage() == null ? "" : usageEvent(TokenUsage.of(end.usage()));
    }

    private String usageEvent(TokenUsage usage) {
        return head + "[],\"usage\":" + json.writeValueAsString(usage) + END;
    }
}
