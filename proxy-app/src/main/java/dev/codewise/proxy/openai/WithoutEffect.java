package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.PassedOn;
import dev.codewise.proxy.completion.Wishes;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Names the fields of a request that have no effect in a header of its answer: those that never have one at once, those that
 * whoever takes the request cannot heed as soon as that is known, in a stream that has begun by a comment.
 */
public final class WithoutEffect implements PassedOn {

    static final String HEADER = "x-codewise-ignored";

    private final List<String> never;
    private final Function<Wishes.Kind, String> names;
    private final ServerHttpResponse response;
    private String late = "";

    /**
     * @param never the fields that have no effect, whoever answers
     * @param names what the fields of the wishes are called
     */
    public WithoutEffect(List<String> never, Function<Wishes.Kind, String> names, ServerHttpResponse response) {
        this.never = List.copyOf(never);
        this.names = names;
        this.response = response;
    }

    /** What is known before anybody is asked. */
    public void announce() {
        tell(never.stream());
    }

    @Override
    public CompletionEvent taken(Taken taken) {
        tell(Stream.concat(never.stream(), taken.unheeded().stream().map(names)));
        return taken;
    }

    private void tell(Stream<String> names) {
        List<String> fields = names.sorted().toList();
        if (response.isCommitted()) {
            late = fields.isEmpty() ? "" : ": " + HEADER + ": " + String.join(", ", fields) + "\n\n";
        } else {
            write(fields);
        }
    }

    /** What became known too late for the header, for the events of the stream; told once. */
    public String late() {
        String comment = late;
        late = "";
        return comment;
    }

    /** Somebody else may have taken the request before, who could heed less. */
    private void write(Collection<String> fields) {
        if (fields.isEmpty()) {
            response.getHeaders().remove(HEADER);
        } else {
            response.getHeaders().set(HEADER, String.join(", ", fields));
        }
    }
}
