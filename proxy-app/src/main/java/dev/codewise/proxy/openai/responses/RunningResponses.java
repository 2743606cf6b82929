package dev.codewise.proxy.openai.responses;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/** The responses that are being given by this process and will be kept: as many as there are requests. */
final class RunningResponses {

    private final Map<OwnedId, ResponseRun> runs = new ConcurrentHashMap<>();

    ResponseRun add(ResponseRun run) {
        runs.put(run.name(), run);
        return run;
    }

    void remove(ResponseRun run) {
        runs.remove(run.name());
        run.end();
    }

    /** Known when the one with this id is over, or at once where there is none. */
    Mono<Void> awaitEnd(OwnedId id) {
        return find(id).map(ResponseRun::awaitEnd).orElseGet(Mono::empty);
    }

    /** Ends the one with this id; known when it is over, or at once where there is none. */
    Mono<Void> cancel(OwnedId id) {
        return find(id).map(ResponseRun::cancel).orElseGet(Mono::empty);
    }

    /** One whose end is kept already is not running any more, even while its client still reads. */
    Optional<ResponseRun> find(OwnedId id) {
        return Optional.ofNullable(runs.get(id)).filter(ResponseRun::isRunning);
    }
}
