package dev.codewise.agent.claude;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How much of this machine's memory processes take: asked of the system where that says it, else as much as claude usually does. */
final class ResidentMemory {

    private static final long USUAL = 210L * 1024 * 1024;
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d{1,12}) kB");

    private final Path processes;

    /** Such as /proc. */
    ResidentMemory(Path processes) {
        this.processes = processes;
    }

    /** With all that it has started. */
    long of(ProcessHandle process) {
        return Files.isDirectory(processes)
                ? Stream.concat(Stream.of(process), process.descendants())
                        .mapToLong(member -> resident(member.pid()))
                        .sum()
                : USUAL;
    }

    /** Nothing where the process is gone. */
    private long resident(long pid) {
        try {
            var status = Files.readString(processes.resolve(Long.toString(pid)).resolve("status"));
            var found = RESIDENT.matcher(status);
            return found.find() ? Long.parseLong(found.group(1)) * 1024 : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
