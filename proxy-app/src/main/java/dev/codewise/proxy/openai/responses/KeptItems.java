package dev.codewise.proxy.openai.responses;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is kept, out of its JSON: the items of a conversation, or a response as it was given. */
final class KeptItems {

    private final ResponseArchive archive;
    private final JsonMapper json;

    KeptItems(ResponseArchive archive, JsonMapper json) {
        this.archive = archive;
        this.json = json;
    }

    /** Everything that was asked and answered up to this response, or nothing where there is none. */
    Mono<List<JsonNode>> upTo(@Nullable String responseId, String owner) {
        return responseId == null
                ? Mono.just(List.of())
                : archive.conversation(new OwnedId(owner, responseId)).map(this::items);
    }

    private List<JsonNode> items(List<Exchange> conversation) {
        return conversation.stream()
                .flatMap(exchange -> Stream.of(exchange.input(), exchange.output()))
                .map(json::readTree)
                .flatMap(JsonNode::valueStream)
                .toList();
    }

    /** What was asked, each item with an id, and each message with its content in parts. */
    List<ObjectNode> input(StoredResponse response) {
        JsonNode items = json.readTree(response.input());
        var id = new ResponseId(response.id());
        return IntStream.range(0, items.size())
                .mapToObj(i -> ListedItem.of((ObjectNode) items.get(i), id.item("in", i)))
                .toList();
    }

    ObjectNode whole(StoredResponse kept) {
        var response = (ObjectNode) json.readTree(kept.response());
        return response.set("output", json.readTree(kept.output()));
    }
}
