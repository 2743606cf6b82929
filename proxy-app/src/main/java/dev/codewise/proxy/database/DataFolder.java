package dev.codewise.proxy.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of the embedded database. Whatever is found in them, they are never deleted. */
record DataFolder(Path path) {

    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);

    /** Written after the first start that went well: without it, making the database was interrupted. */
    private static final String COMPLETE = "codewise-complete";

    boolean isComplete() {
        return Files.exists(path.resolve(COMPLETE));
    }

    void completed() throws IOException {
        if (!isComplete()) {
            Files.createFile(path.resolve(COMPLETE));
        }
    }

    /** Refuses the data of another major version, which this one could neither read nor must touch. */
    void requireVersion(int major) throws IOException {
        Path file = path.resolve("PG_VERSION");
        if (!Files.exists(file)) {
            return;
        }
        String found = Files.readString(file).strip();
        if (!found.equals(String.valueOf(major))) {
            throw new DatabaseUnusableException("The data in " + path + " is that of PostgreSQL " + found
                    + ", and this proxy brings PostgreSQL " + major
                    + ", which cannot read it. Nothing was changed: dump it"
                    + " with the version of Codewise that wrote it and restore it here, or set CODEWISE_HOME to another"
                    + " folder.");
        }
    }

    /** Leaves the way free for a database of which nothing was ever used, because making it was cut short. */
    void setAsideIfInterrupted() throws IOException {
        if (!isComplete() && Files.exists(path)) {
            Path aside = path.resolveSibling("interrupted-" + Instant.now().toEpochMilli());
            Files.move(path, aside);
            LOG.info("The first start was interrupted; what it left is in {} and may be deleted", aside);
        }
    }
}
