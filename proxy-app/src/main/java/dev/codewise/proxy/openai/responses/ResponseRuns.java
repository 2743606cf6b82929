package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.completion.Origin;
import java.time.Clock;
import java.time.Instant;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Begins responses, and keeps those that are to be kept. */
final class ResponseRuns {

    private final ResponseArchive archive;
    private final JsonMapper json;
    private final Clock clock;

    ResponseRuns(ResponseArchive archive, JsonMapper json, Clock clock) {
        this.archive = archive;
        this.json = json;
        this.clock = clock;
    }

    ResponseRun begin(ResponseQuestion question, Origin origin) {
        Instant now = clock.instant();
        var id = ResponseId.of(origin.requestId());
        var name = new OwnedId(origin.client().owner(), id.value());
        return new ResponseRun(
                name,
                ResponseHead.of(question.request(), id, now),
                (answer, ending) -> question.request().wantsToBeKept()
                        ? keep(row(name, question, now, answer.as(ending), answer), ending)
                        : Mono.just(ending));
    }

    private Mono<Ending> keep(StoredResponse row, Ending ending) {
        return archive.keep(row).map(kept -> kept ? ending : ending.unkept());
    }

    private StoredResponse row(OwnedId name, ResponseQuestion question, Instant now, ObjectNode whole, Answer answer) {
        JsonNode output = whole.path("output");
        whole.set("output", JsonNodeFactory.instance.arrayNode());
        return new StoredResponse(
                name.id(),
                name.owner(),
                question.request().previousResponseId(),
                now,
                json.writeValueAsString(question.input().asArray()),
                json.writeValueAsString(whole),
                json.writeValueAsString(output),
                json.writeValueAsString(
                        answer.pieces().stream().map(Pieces::lengths).toList()));
    }
}
