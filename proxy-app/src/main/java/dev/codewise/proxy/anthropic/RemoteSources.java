package dev.codewise.proxy.anthropic;

import dev.codewise.proxy.images.RemoteImage;
import dev.codewise.proxy.images.RemoteImage.FetchedImage;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds the images whose source is an address, also in the results of tools; what comes in their places is Base64. */
final class RemoteSources {

    private RemoteSources() {}

    static List<RemoteImage> in(JsonNode body) {
        return members(new Field(body, "").member("messages"))
                .flatMap(message -> inContent(message.member("content")))
                .toList();
    }

    private static Stream<RemoteImage> inContent(Field content) {
        return members(content).flatMap(RemoteSources::inBlock);
    }

    private static Stream<RemoteImage> inBlock(Field block) {
        return block.value().path("type").asString("").equals("tool_result")
                ? members(block.member("content")).flatMap(RemoteSources::inSource)
                : inSource(block);
    }

    private static Stream<RemoteImage> inSource(Field block) {
        Field source = block.member("source");
        Field url = source.member("url");
        boolean remote = block.value().path("type").asString("").equals("image")
                && source.value().path("type").asString("").equals("url")
                && url.isText();
        return remote && source.value() instanceof ObjectNode object
                ? Stream.of(new RemoteImage(url.text(), url.path(), image -> replace(object, image)))
                : Stream.of();
    }

    private static void replace(ObjectNode source, FetchedImage image) {
        source.removeAll();
        source.put("type", "base64").put("media_type", image.mediaType()).put("data", image.base64());
    }

    /** What is no list is for others to refuse. */
    private static Stream<Field> members(Field list) {
        return list.value().isArray()
                ? IntStream.range(0, list.value().size())
                        .mapToObj(i -> new Field(list.value().path(i), list.path() + "." + i))
                : Stream.of();
    }
}
