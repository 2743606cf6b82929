package dev.codewise.proxy.agent;

import dev.codewise.proxy.completion.CompletionException.Feature;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Part;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a request brings that not every agent can take. */
enum Needs implements Part.Reader<Stream<Feature>> {
    OF;

    static Set<Feature> of(CompletionRequest request) {
        Set<Feature> needs = request.turns().stream()
                .flatMap(turn -> turn.parts().stream())
                .flatMap(part -> part.tell(OF))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Feature.class)));
        if (!request.toolbox().isEmpty()) {
            needs.add(Feature.TOOLS);
        }
        if (request.wishes().schema() != null) {
            needs.add(Feature.SCHEMA);
        }
        return needs;
    }

    @Override
    public Stream<Feature> text(Part.Text text) {
        return Stream.empty();
    }

    @Override
    public Stream<Feature> image(Part.Image image) {
        return Stream.of(Feature.IMAGES);
    }

    @Override
    public Stream<Feature> document(Part.Document document) {
        return Stream.of(Feature.DOCUMENTS);
    }

    @Override
    public Stream<Feature> toolCall(Part.ToolCall call) {
        return Stream.of(Feature.TOOLS);
    }

    @Override
    public Stream<Feature> toolResult(Part.ToolResult result) {
        return Stream.concat(Stream.of(Feature.TOOLS), result.content().stream().flatMap(part -> part.tell(this)));
    }
}
