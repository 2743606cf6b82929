package dev.codewise.agent.claude;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The programs on a search path. */
final class Executables {

    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

    private final String searchPath;

    Executables(String searchPath) {
        this.searchPath = searchPath;
    }

    /** A name with a slash in it is a file and not searched for. */
    Optional<String> find(String name) {
        if (name.contains("/")) {
            return Optional.of(name).filter(file -> isProgram(Path.of(file)));
        }
        return SEPARATOR
                .splitAsStream(searchPath)
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Executables::isProgram)
                .map(Path::toString)
                .findFirst();
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
