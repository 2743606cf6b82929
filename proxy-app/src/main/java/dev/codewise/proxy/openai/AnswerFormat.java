package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import reactor.core.publisher.Mono;

/** How one endpoint writes an answer, in one piece or as the events of a stream. */
interface AnswerFormat {

    /** What comes before the request's own name in the id of its answer. */
    String idPrefix();

    /** What the fields of its requests are called. */
    FieldNames names();

    Object whole(ChatHead head, WholeAnswer answer);

    Events events(ChunkFrame frame);

    /** Names what the chunks of a stream are. */
    String chunkObject();

    /** One answer as the events of a stream; one for each answer. */
    interface Events {

        /** What to send for it; empty when that is nothing. */
        String of(CompletionEvent event);

        /** The last event of the stream, or a failure where the answer was not finished. */
        Mono<String> end();
    }
}
