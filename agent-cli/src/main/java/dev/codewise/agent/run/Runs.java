package dev.codewise.agent.run;

import dev.codewise.agent.claude.Claude;
import dev.codewise.agent.upload.Delivery;
import dev.codewise.agent.upload.Presence.Load;
import dev.codewise.agent.upload.Uplink;
import dev.codewise.protocol.CancelReason;
import dev.codewise.protocol.ProxyEvent.ResumedRun;
import dev.codewise.protocol.ProxyEvent.ResumedRun.Fate;
import dev.codewise.protocol.ProxyEvent.RunRequest;
import dev.codewise.protocol.RunError;
import dev.codewise.protocol.RunErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The runs of this agent: starts them while there is a slot, each once, and ends them in good order. */
public final class Runs {

    /** As long as a process may take to be gone, and a little more. */
    private static final Duration PLACE_TO_BE_LEFT = Duration.ofSeconds(2);

    private static final String FULL = "all slots of this agent are taken";

    private final AtomicInteger number = new AtomicInteger();
    private final Claude claude;
    private final Uplink uplink;
    private final Prompts prompts;
    private final Slots slots;
    private final Refusals refusals;
    private final Admission admission;
    private final RunListener listener;

    /** No models means any. */
    public Runs(Claude claude, Uplink uplink, Capacity capacity, RunListener listener) {
        this.claude = claude;
        this.uplink = uplink;
        this.prompts = new Prompts(capacity.models());
        this.slots = new Slots(capacity.concurrency(), PLACE_TO_BE_LEFT);
        this.refusals = new Refusals(uplink);
        this.admission = capacity.admission();
        this.listener = listener;
    }

    /** How much is taken at once, for which models (none means any), and when. */
    public record Capacity(int concurrency, List<String> models, Admission admission) {

        public Capacity {
            models = List.copyOf(models);
        }

        /** At any time. */
        public Capacity(int concurrency, List<String> models) {
            this(concurrency, models, Admission.free());
        }
    }

    /** Returns at once; a request that is known already is the run that it started. */
    public void accept(RunRequest request) {
        var refusal = admission.refusal();
        if (refusal.isPresent() && !slots.knows(request.requestId())) {
            refuse(request.requestId(), RunErrorCode.BUSY, refusal.get());
        } else if (refusal.isEmpty()) {
            take(request);
        }
    }

    private void take(RunRequest request) {
        var run = new Run(request, claude, prompts, uplink, listener);
        switch (slots.take(request.requestId(), run)) {
            case TAKEN -> {
                admission.count();
                new Thread(() -> performInPlace(request, run), "run-" + number.incrementAndGet()).start();
            }
            case FULL -> refuse(request.requestId(), RunErrorCode.BUSY, FULL);
            case CLOSED -> refuse(request.requestId(), RunErrorCode.BUSY, "this agent is ending");
            case KNOWN -> refuseIfOver(request);
        }
    }

    /** Handed over once more, for nothing of it has arrived; what still runs will answer, what does not never can. */
    private void refuseIfOver(RunRequest request) {
        if (request.attempt() > 1 && slots.find(request.requestId()).isEmpty()) {
            refuse(request.requestId(), RunErrorCode.BUSY, "this agent has given up the request before");
        }
    }

    /** Ends a run that the proxy does not want any more, or whose process still waits, if there is such a one. Returns at once. */
    public void cancel(String requestId, @Nullable CancelReason reason) {
        slots.find(requestId).ifPresent(run -> new Thread(() -> run.cancel(reason), "run-cancel").start());
        claude.unpark(requestId);
    }

    /** The proxy has said what it knows of the runs, behind a new connection: those it does not are ended. */
    public void resumed(List<ResumedRun> fates) {
        fates.stream().filter(fate -> fate.state() == Fate.GONE).forEach(fate -> cancel(fate.requestId(), null));
    }

    /** The stream from the proxy is gone. Runs go on, as long as the proxy takes what they post. */
    public void streamLost() {
        slots.running().forEach(Run::streamLost);
    }

    public Load load() {
        return new Load(slots.running().stream().map(Run::position).toList(), slots.free());
    }

    public void refuse(String requestId, RunErrorCode code, String reason) {
        refusals.post(requestId, RunError.of(code, reason));
    }

    private void performInPlace(RunRequest request, Run run) {
        try {
            if (slots.awaitPlace(request.requestId())) {
                perform(request, run);
            } else {
                refuse(request.requestId(), RunErrorCode.BUSY, FULL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            slots.free(request.requestId());
        }
    }

    private void perform(RunRequest request, Run run) {
        var started = System.nanoTime();
        listener.started(request.requestId(), request.model());
        var outcome = run.execute();
        var took = Duration.ofNanos(System.nanoTime() - started);
        listener.ended(request.requestId(), Endings.of(request.model(), outcome, took));
        if (outcome.delivery() == Delivery.UNAUTHORIZED) {
            slots.running().forEach(Run::stop);
        }
    }

    /** No new runs from now on; those that run go on. */
    public void close() {
        slots.close();
        claude.coolDown();
    }

    /** Ends every run within a second or so. */
    public void stopAll() {
        var stops = slots.running().stream()
                .map(run -> new Thread(run::stop, "run-stop"))
                .toList();
        stops.forEach(Thread::start);
    }

    public int running() {
        return slots.running().size();
    }

    /** Waits until nothing runs any more; false when it still does after so long. */
    public boolean awaitNone(Duration patience) throws InterruptedException {
        return slots.awaitEmpty(patience);
    }
}
