package dev.codewise.proxy.database;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Keeps the environment of this proxy from the server that it starts, for which the secrets in it are not meant. The library that
 * starts it hands on all it has, so the program by which it does so is wrapped.
 */
final class BareEnvironment {

    private static final String STARTER = "pg_ctl";
    private static final String WRAPPED = STARTER + ".bin";
    private static final String WRAPPER = """
            #!/bin/sh
            exec env -i PATH="$PATH" "${0%/*}/pg_ctl.bin" "$@"
            """;

    private static final int SMALLEST_PROGRAM = 1000;

    private BareEnvironment() {}

    /** Of each release that was ever unpacked there. Where there is none or no shell, nothing is done. */
    static void forProgramsIn(Path binaries) {
        if (File.separatorChar != '/' || !Files.isDirectory(binaries)) {
            return;
        }
        try (var releases = Files.list(binaries)) {
            for (Path release : releases.toList()) {
                wrap(release.resolve("bin"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isWrapper(Path starter) throws IOException {
        return Files.size(starter) < SMALLEST_PROGRAM;
    }

    /** The wrapper takes its place in one go, so that a start is never without the program, whenever this is interrupted. */
    private static void wrap(Path folder) throws IOException {
        Path starter = folder.resolve(STARTER);
        Path wrapped = folder.resolve(WRAPPED);
        if (!Files.exists(starter) || isWrapper(starter)) {
            return;
        }
        Path wrapper = folder.resolve(STARTER + ".new");
        Files.write(wrapper, List.of(WRAPPER.strip()));
        Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.copy(starter, wrapped, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(wrapper, starter, StandardCopyOption.ATOMIC_MOVE);
    }
}
