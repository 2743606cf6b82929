package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import reactor.core.publisher.Flux;

/** How one endpoint writes an answer, in one piece or as the events of a stream. */
interface AnswerFormat {

    /** What comes before the request's own name in the id of its answer. */
    String idPrefix();

    /** What the fields of its requests are called. */
    FieldNames names();

    /** The same events; fails in place of what this format cannot tell. */
    Flux<CompletionEvent> checked(Flux<CompletionEvent> answer);

    Object whole(ChatHead head, WholeAnswer answer);

    /** What to send for each event of one answer, which may be nothing; one for each answer. */
    CompletionEvent.Reader<String> chunks(ChunkFrame frame);

    /** Names what the chunks of a stream are. */
    String chunkObject();
}
