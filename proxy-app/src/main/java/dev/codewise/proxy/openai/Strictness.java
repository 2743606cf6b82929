package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.PassedOn;
import dev.codewise.proxy.completion.Wishes;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/** Whether a field that would have no effect is refused, as some operators want it, or only named. */
public enum Strictness {
    NAMED,
    REFUSED;

    public static Strictness of(boolean strict) {
        return strict ? REFUSED : NAMED;
    }

    /** Fails where one of these is to be refused. */
    public void check(Collection<String> fields) {
        if (this == REFUSED && !fields.isEmpty()) {
            String field = fields.iterator().next();
            throw Refusals.invalid(
                    field,
                    "\"" + field
                            + "\" would have no effect here, and CODEWISE_STRICT demands that it has. Leave it out.");
        }
    }

    /**
     * The same events; fails where whoever takes the request does not heed all of its wishes, and that is to be refused.
     *
     * @param names what the fields of the wishes are called
     */
    public Flux<CompletionEvent> checked(Flux<CompletionEvent> answer, Function<Wishes.Kind, String> names) {
        return this == NAMED ? answer : answer.map(new Heeded(names)::of);
    }

    private record Heeded(Function<Wishes.Kind, String> names) implements PassedOn {

        @Override
        public CompletionEvent taken(Taken taken) {
            List<String> unheeded =
                    taken.unheeded().stream().map(names).sorted().toList();
            REFUSED.check(unheeded);
            return taken;
        }
    }
}
