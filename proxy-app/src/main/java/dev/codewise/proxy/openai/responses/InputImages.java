package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.images.RemoteImage;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds the images that items name by their addresses; what comes in their places is a data: URI. */
final class InputImages {

    private static final String URL = "image_url";

    private InputImages() {}

    static List<RemoteImage> in(@Nullable JsonNode input) {
        return input == null || !input.isArray()
                ? List.of()
                : IntStream.range(0, input.size())
                        .boxed()
                        .flatMap(i -> inItem(input.path(i), "input[" + i + "]"))
                        .toList();
    }

    private static Stream<RemoteImage> inItem(JsonNode item, String at) {
        return Stream.of("content", "output").flatMap(name -> inParts(item.path(name), at + "." + name));
    }

    private static Stream<RemoteImage> inParts(JsonNode parts, String at) {
        return parts.isArray()
                ? IntStream.range(0, parts.size())
                        .boxed()
                        .flatMap(i -> inPart(parts.path(i), at + "[" + i + "]." + URL))
                : Stream.of();
    }

    private static Stream<RemoteImage> inPart(JsonNode part, String field) {
        String url = part.path(URL).asString("");
        return part instanceof ObjectNode object && RemoteImage.isAddress(url)
                ? Stream.of(new RemoteImage(url, field, image -> object.put(URL, image.dataUri())))
                : Stream.of();
    }
}
