package dev.codewise.proxy.database;

import dev.codewise.proxy.database.DatabaseUrl.Login;
import dev.codewise.proxy.home.CodewiseHome;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL server of the proxy's own, with its data under {@code CODEWISE_HOME}; lives from start to close. */
final class EmbeddedServer implements DatabaseServer {

    /** That of the binaries which the build puts in. */
    static final int MAJOR_VERSION = 18;

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
    private static final String PASSWORD = "postgres-password";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(60);

    private final Path folder;
    private final FolderLock lock;
    private final EmbeddedPostgres server;
    private final Login login;

    private EmbeddedServer(Path folder, FolderLock lock, EmbeddedPostgres server, Login login) {
        this.folder = folder;
        this.lock = lock;
        this.server = server;
        this.login = login;
    }

    static EmbeddedServer in(CodewiseHome home) {
        return ifFree(home).orElseThrow(() -> inUse(folder(home)));
    }

    /** Nothing where another process uses the folder. */
    static Optional<EmbeddedServer> ifFree(CodewiseHome home) {
        Path folder = folder(home);
        try {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            // what the server unpacks may be written by anybody who gets this far, so nobody else does
            Files.setPosixFilePermissions(folder, OWNER_ONLY);
            var lock = FolderLock.of(folder);
            return lock.isPresent() ? Optional.of(locked(home, folder, lock.get())) : Optional.empty();
        } catch (IOException | IllegalStateException e) {
            throw new DatabaseUnusableException(
                    "The embedded PostgreSQL in " + folder + " did not start: " + e.getMessage() + ". Look into "
                            + log(folder) + ", or set DATABASE_URL to use a server of your own.",
                    e);
        }
    }

    static Path folder(CodewiseHome home) {
        return home.folder().resolve("postgres");
    }

    static DataFolder data(Path folder) {
        return new DataFolder(folder.resolve("data"));
    }

    private static DatabaseUnusableException inUse(Path folder) {
        return new DatabaseUnusableException("Another proxy is using the database in " + folder
                + ". Stop that one, or set CODEWISE_HOME to another folder.");
    }

    private static EmbeddedServer locked(CodewiseHome home, Path folder, FolderLock lock) throws IOException {
        boolean started = false;
        try {
            var data = data(folder);
            data.requireVersion(MAJOR_VERSION);
            Login login = login(home, data);
            Orphan.stop(data.path(), binaries(folder));
            data.setAsideIfInterrupted();
            var server = start(folder, data, login, home.folder().resolve(PASSWORD));
            data.completed();
            started = true;
            return new EmbeddedServer(folder, lock, server, login);
        } finally {
            if (!started) {
                lock.close();
            }
        }
    }

    static Login login(CodewiseHome home, DataFolder data) throws IOException {
        Path file = home.folder().resolve(PASSWORD);
        if (data.isComplete() && !Files.exists(file)) {
            throw new DatabaseUnusableException("The password of the embedded database is gone: put " + file
                    + " back, or set CODEWISE_HOME to another folder.");
        }
        return new Login("postgres", home.secret(PASSWORD).secret());
    }

    /**
     * The first start makes the database with its password and with a password asked of everybody, so that it is never open, not
     * even for a moment. Nothing but 127.0.0.1 is listened on: no other address, and no socket in a folder that others can write.
     * The library means its server for tests and lets it forget what a crash interrupts: that is taken back.
     */
    private static EmbeddedPostgres start(Path folder, DataFolder data, Login login, Path passwordFile)
            throws IOException {
        Files.deleteIfExists(log(folder));
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(binaries(folder).toFile())
                .setDataDirectory(data.path())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setOutputRedirector(Redirect.appendTo(log(folder).toFile()))
                .setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", passwordFile.toString())
                .setLocaleConfig("locale", "C")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "50")
                .setDataDirectoryCustomizer(unpacked -> BareEnvironment.forProgramsIn(binaries(folder)))
                .setConnectConfig("password", login.password().reveal())
                .setPGStartupWait(LONGEST_RECOVERY)
                .start();
    }

    private static Path binaries(Path folder) {
        return folder.resolve("bin");
    }

    /** What the server says of itself since its last start. */
    private static Path log(Path folder) {
        return folder.resolve("server.log");
    }

    @Override
    public DatabaseUrl url() {
        return new DatabaseUrl("127.0.0.1", server.getPort(), "postgres", login, SslMode.DISABLE);
    }

    @Override
    public String description() {
        return "embedded PostgreSQL " + MAJOR_VERSION + " in " + folder;
    }

    @Override
    public void close() {
        try (lock) {
            server.close();
        } catch (IOException e) {
            LOG.warn("The embedded PostgreSQL in {} did not stop in order", folder, e);
        }
    }
}
