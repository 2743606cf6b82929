package dev.codewise.proxy.openai;

import dev.codewise.proxy.images.RemoteImage;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds the images that a chat names by their addresses; what comes in their places is a data: URI. */
final class ChatImages {

    private ChatImages() {}

    static List<RemoteImage> in(ChatRequest request) {
        List<@Nullable ChatMessage> messages =
                Optional.ofNullable(request.messages()).orElse(List.of());
        return IntStream.range(0, messages.size())
                .boxed()
                .flatMap(i -> in(messages.get(i), "messages[" + i + "].content"))
                .toList();
    }

    private static Stream<RemoteImage> in(@Nullable ChatMessage message, String at) {
        JsonNode content = message == null ? null : message.content();
        return content == null
                ? Stream.of()
                : IntStream.range(0, content.size())
                        .boxed()
                        .flatMap(j -> in(content.path(j), at + "[" + j + "].image_url.url"));
    }

    private static Stream<RemoteImage> in(JsonNode part, String field) {
        JsonNode image = part.path("image_url");
        return image.isString() ? in(part, "image_url", field) : in(image, "url", field);
    }

    private static Stream<RemoteImage> in(JsonNode parent, String name, String field) {
        String url = parent.path(name).asString("");
        return parent instanceof ObjectNode object && RemoteImage.isAddress(url)
                ? Stream.of(new RemoteImage(url, field, image -> object.put(name, image.dataUri())))
                : Stream.of();
    }
}
