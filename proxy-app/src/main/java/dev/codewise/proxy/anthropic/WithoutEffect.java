package dev.codewise.proxy.anthropic;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.PassedOn;
import dev.codewise.proxy.web.RequestRefused;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Names the fields of a request that have no effect in a header of its answer, as soon as that is known, in a stream that has begun by a
 * comment. Where an operator wants it
 * so, they are refused instead.
 */
final class WithoutEffect implements PassedOn {

    private final IgnoredFields ignored;
    private final ServerHttpResponse response;
    private final boolean refused;
    private String late = "";

    WithoutEffect(IgnoredFields ignored, ServerHttpResponse response, boolean refused) {
        this.ignored = ignored;
        this.response = response;
        this.refused = refused;
    }

    /** What is known before anybody is asked. */
    void announce() {
        name(ignored.with(Set.of()));
    }

    /** Who takes the request says it, and the last who does counts. */
    @Override
    public CompletionEvent taken(Taken taken) {
        name(ignored.with(taken.unheeded()));
        return taken;
    }

    /** What became known too late for the header, for the events of the stream; told once. */
    String late() {
        String comment = late;
        late = "";
        return comment;
    }

    /** Once a beat has been sent it is too late for a header, but not for a refusal. */
    private void name(String fields) {
        if (refused && !fields.isEmpty()) {
            throw new RequestRefused(
                    HttpStatus.BAD_REQUEST,
                    fields + ": would have no effect here, and CODEWISE_STRICT demands that it has. Leave it out.");
        }
        if (response.isCommitted()) {
            late = fields.isEmpty() ? "" : ": " + IgnoredFields.HEADER + ": " + fields + "\n\n";
            return;
        }
        if (fields.isEmpty()) {
            response.getHeaders().remove(IgnoredFields.HEADER);
        } else {
            response.getHeaders().set(IgnoredFields.HEADER, fields);
        }
    }
}
