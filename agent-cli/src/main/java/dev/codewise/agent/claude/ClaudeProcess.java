package dev.codewise.agent.claude;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A running claude with its three streams, its folder, and everything it has started. */
final class ClaudeProcess {

    /** What claude gets to end by itself once it was asked to, before it is killed. */
    static final Duration GRACE = Duration.ofMillis(750);

    private final Process process;
    private final WorkingFolder folder;
    private final Family family;
    private final Stdin stdin;
    private final Stdout stdout;
    private final Stderr stderr;
    private final Trace trace;
    private final LivingProcesses living;
    private boolean ended;

    private ClaudeProcess(Process process, WorkingFolder folder, Trace trace, LivingProcesses living) {
        this.process = process;
        this.folder = folder;
        this.trace = trace;
        this.living = living;
        this.family = new Family(process.toHandle());
        this.stdin = new Stdin(process.getOutputStream());
        this.stdout = new Stdout(process.getInputStream());
        this.stderr = new Stderr(process.getErrorStream());
    }

    static ClaudeProcess start(List<String> command, Map<String, String> environment, LivingProcesses living)
            throws IOException {
        var folder = WorkingFolder.create();
        try {
            var builder = new ProcessBuilder(command).directory(folder.path().toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            var process = builder.start();
            var trace = Trace.of(process.toHandle(), command, folder.path());
            var started = new ClaudeProcess(process, folder, trace, living);
            living.add(started);
            started.attendToStreams();
            return started;
        } catch (IOException e) {
            folder.remove();
            throw e;
        }
    }

    private void attendToStreams() {
        var name = "claude-" + process.pid();
        stdin.startWriting(name + "-stdin");
        stdout.startReading(name + "-stdout");
        stderr.startReading(name + "-stderr");
    }

    long pid() {
        return process.pid();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    Trace trace() {
        return trace;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void onExit(Runnable reaction) {
        var unused = process.onExit().thenRun(reaction);
    }

    void send(byte[] line) {
        stdin.send(line);
    }

    Stdout stdout() {
        return stdout;
    }

    /** For a process whose output is over: its exit code and its last words. */
    String epitaph() throws InterruptedException {
        if (!endsWithin(GRACE)) {
            return "claude closed its output without an answer";
        }
        var complaint = stderr.lastWords(GRACE);
        return "claude exited with code " + process.exitValue() + (complaint.isEmpty() ? "" : ": " + complaint);
    }

    /** Closes the input, waits a moment, and kills what is left of the whole family. Whoever calls, it is gone afterwards. */
    synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        family.collect();
        stdin.close();
        endsWithin(GRACE);
        family.kill();
        stdout.abandon();
        endsWithin(GRACE);
        folder.remove();
        living.remove(this);
    }

    private boolean endsWithin(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
