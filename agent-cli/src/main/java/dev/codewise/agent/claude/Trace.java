package dev.codewise.agent.claude;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What tells a process from every other one of this machine, also from a later one with the same number. */
record Trace(long pid, long startedMillis, List<String> arguments, Path folder) {

    /** The system's own idea of when it was started may shift that much when a clock is set. */
    private static final long SHIFT_MILLIS = 2000;

    Trace {
        arguments = List.copyOf(arguments);
    }

    static Trace of(ProcessHandle process, List<String> command, Path folder) {
        return new Trace(process.pid(), started(process), readable(command.subList(1, command.size())), folder);
    }

    static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    static Optional<ProcessHandle> find(long pid, long startedMillis) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> Math.abs(started(process) - startedMillis) <= SHIFT_MILLIS);
    }

    /** This very process, if it still lives. */
    Optional<ProcessHandle> find() {
        return find(pid, startedMillis).filter(this::hasOurArguments);
    }

    /** Whichever programs lead to claude, each drops itself from the front of the line, or puts itself there. */
    private boolean hasOurArguments(ProcessHandle process) {
        var seen = readable(List.of(process.info().arguments().orElse(new String[0])));
        return !seen.isEmpty() && (isTail(seen, arguments) || isTail(arguments, seen));
    }

    /** Java 17 reads the arguments of a process only up to the first that is empty. */
    private static List<String> readable(List<String> arguments) {
        return arguments.stream().takeWhile(argument -> !argument.isEmpty()).toList();
    }

    private static boolean isTail(List<String> tail, List<String> whole) {
        return tail.size() <= whole.size()
                && whole.subList(whole.size() - tail.size(), whole.size()).equals(tail);
    }
}
