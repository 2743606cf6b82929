package dev.codewise.proxy.agent;

import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Part;
import dev.codewise.proxy.completion.Turn;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** How much there is to a request, about: so that what looks at all of it holds up nobody else where it is much. */
final class Bulk implements Part.Reader<Long> {

    /** What a thread that serves others too does with it takes about a millisecond. */
    static final long MUCH = 64 * 1024;

    private static final Bulk OF = new Bulk();
    private static final long FRAME = 32;

    private Bulk() {}

    /** The work that is done to all of the request, on a thread of its own where that takes a while. */
    static <T> Mono<T> aside(CompletionRequest request, Mono<T> work) {
        return isMuch(request) ? work.subscribeOn(Schedulers.boundedElastic()) : work;
    }

    static boolean isMuch(CompletionRequest request) {
        return of(request) > MUCH;
    }

    private static long of(CompletionRequest request) {
        String system = request.system();
        return (system == null ? 0 : system.length())
                + request.turns().stream().mapToLong(Bulk::of).sum();
    }

    private static long of(Turn turn) {
        return turn.parts().stream().mapToLong(part -> FRAME + part.tell(OF)).sum();
    }

    @Override
    public Long text(Part.Text text) {
        return (long) text.text().length();
    }

    @Override
    public Long image(Part.Image image) {
        return (long) image.base64().length();
    }

    @Override
    public Long document(Part.Document document) {
        return (long) document.base64().length();
    }

    @Override
    public Long toolCall(Part.ToolCall call) {
        return (long) call.arguments().length();
    }

    @Override
    public Long toolResult(Part.ToolResult result) {
        return result.content().stream()
                .mapToLong(part -> FRAME + part.tell(this))
                .sum();
    }
}
