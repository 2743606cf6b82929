package dev.codewise.proxy.openai.responses;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The responses that are being given by this process and will be kept: as many as there are requests. */
final class RunningResponses {

    private final Map<String, ResponseRun> runs = new ConcurrentHashMap<>();

    ResponseRun add(ResponseRun run) {
        runs.put(run.id(), run);
        return run;
    }

    void remove(ResponseRun run) {
        runs.remove(run.id());
        run.end();
    }

    /** One whose end is kept already is not running any more, even while its client still reads. */
    Optional<ResponseRun> find(String id) {
        return Optional.ofNullable(runs.get(id)).filter(ResponseRun::isRunning);
    }
}
