package dev.codewise.proxy.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The folder that keeps what must survive a restart where there is no other place; made at first need, for its owner only. */
public final class CodewiseHome {

    /** A secret of this proxy's own, and whether it was made just now. */
    public record Kept(Secret secret, boolean fresh, Path file) {}

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final String LOCK = "secrets.lock";

    private final Path folder;

    public CodewiseHome(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** As {@code CODEWISE_HOME} says it, or the usual one where that says nothing. */
    public static CodewiseHome named(@Nullable String folder) {
        return new CodewiseHome(new HomeProperties(folder == null ? "~/.codewise" : folder).path());
    }

    public Path folder() {
        return folder;
    }

    /** The secret kept under this name, made and written at the first call, which may be several processes' at once. */
    public Kept secret(String name) throws IOException {
        Path file = folder.resolve(name);
        try {
            return Files.exists(file) ? kept(file) : keptOrMade(file);
        } catch (IOException e) {
            throw new HomeUnusableException(folder, e);
        }
    }

    private static Kept kept(Path file) throws IOException {
        return new Kept(Secret.of(Files.readString(file).strip()), false, file);
    }

    /** The lock is between processes; between threads of one it would not wait but fail. */
    private Kept keptOrMade(Path file) throws IOException {
        synchronized (CodewiseHome.class) {
            Files.createDirectories(folder, only(OWNER_FOLDER));
            try (var lock = FileChannel.open(
                    folder.resolve(LOCK),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    only(OWNER_ONLY))) {
                lock.lock();
                return Files.exists(file) ? kept(file) : made(file);
            }
        }
    }

    /** Under its name there is never less than the whole secret, whenever somebody looks or the machine stops. */
    private Kept made(Path file) throws IOException {
        Secret secret = Secret.of(random());
        Path unfinished = folder.resolve(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished, only(OWNER_ONLY));
        Files.writeString(unfinished, secret.reveal() + "\n", StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        return new Kept(secret, true, file);
    }

    private static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static FileAttribute<Set<PosixFilePermission>> only(Set<PosixFilePermission> permissions) {
        return PosixFilePermissions.asFileAttribute(permissions);
    }
}
