package dev.codewise.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a message says: a plain string wherever it is text only, so that level 0 needs to know nothing else, otherwise parts. */
public record RunContent(List<RunPart> parts) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RunContent {
        Required.field("content", parts);
        parts = List.copyOf(parts);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static RunContent of(String text) {
        return new RunContent(List.of(new RunPart.Text(text)));
    }

    public boolean isText() {
        return parts.stream().allMatch(RunPart.Text.class::isInstance);
    }

    /** Everything that is text, line by line; what is none has no part in it. */
    public String text() {
        return texts().map(RunPart.Text::text).collect(Collectors.joining("\n"));
    }

    private Stream<RunPart.Text> texts() {
        return parts.stream().filter(RunPart.Text.class::isInstance).map(RunPart.Text.class::cast);
    }

    /** An array and no list, since a list does not tell Jackson of what, and the parts would be written without their types. */
    @JsonValue
    Object wire() {
        return isText() ? text() : parts.toArray(RunPart[]::new);
    }
}
