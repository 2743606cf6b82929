package dev.codewise.proxy.database;

import dev.codewise.proxy.home.CodewiseHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The embedded server of a proxy that runs, visited by another process that has the same folder: it is left as it was. */
record RunningServer(DatabaseUrl url, Path folder) implements DatabaseServer {

    /** What PostgreSQL writes into its pid file, line by line. */
    private static final int PORT = 3;

    private static final int STATUS = 7;

    /** Fails where it is not ready: then its proxy is just starting or stopping. */
    static RunningServer of(CodewiseHome home) {
        Path folder = EmbeddedServer.folder(home);
        try {
            var data = EmbeddedServer.data(folder);
            List<String> lines = Files.readAllLines(data.path().resolve("postmaster.pid"));
            if (lines.size() <= STATUS || !lines.get(STATUS).strip().equals("ready")) {
                throw notReady(folder);
            }
            int port = Integer.parseInt(lines.get(PORT).strip());
            var login = EmbeddedServer.login(home, data);
            return new RunningServer(new DatabaseUrl("127.0.0.1", port, "postgres", login, SslMode.DISABLE), folder);
        } catch (NoSuchFileException e) {
            throw notReady(folder);
        } catch (IOException e) {
            throw new DatabaseUnusableException(
                    "A proxy is using the database in " + folder + ", and its files cannot be read: " + e.getMessage()
                            + ". Do this as the user that the proxy runs as.",
                    e);
        }
    }

    private static DatabaseUnusableException notReady(Path folder) {
        return new DatabaseUnusableException("A proxy is using the database in " + folder
                + ", and is just starting or stopping. Try again in a moment.");
    }

    @Override
    public String description() {
        return "embedded PostgreSQL in " + folder + ", of a proxy that runs";
    }

    /** It belongs to somebody else. */
    @Override
    public void close() {}
}
