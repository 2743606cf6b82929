package dev.codewise.proxy.home;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** The folder that keeps what must survive a restart where there is no other place; made at first need, for its owner only. */
public final class CodewiseHome {

    /** A secret of this proxy's own, and whether it was made just now. */
    public record Kept(Secret secret, boolean fresh, Path file) {}

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");

    private final Path folder;

    public CodewiseHome(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    public Path folder() {
        return folder;
    }

    /** The secret kept under this name, made and written at the first call. */
    public Kept secret(String name) throws IOException {
        try {
            return makeOrRead(folder.resolve(name));
        } catch (IOException e) {
            throw new HomeUnusableException(folder, e);
        }
    }

    private Kept makeOrRead(Path file) throws IOException {
        Files.createDirectories(folder, attribute(OWNER_FOLDER));
        try {
            Files.createFile(file, attribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException e) {
            return new Kept(Secret.of(Files.readString(file).strip()), false, file);
        }
        Secret made = Secret.of(random());
        Files.writeString(file, made.reveal() + "\n");
        return new Kept(made, true, file);
    }

    private static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static FileAttribute<Set<PosixFilePermission>> attribute(Set<PosixFilePermission> permissions) {
        return PosixFilePermissions.asFileAttribute(permissions);
    }
}
