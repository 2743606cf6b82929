package dev.codewise.proxy.home;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Where the proxy keeps what must survive a restart. Text, because Spring looks for a relative path among the classes first. */
@ConfigurationProperties("codewise.home")
record HomeProperties(String folder) {

    HomeProperties {
        path(folder);
    }

    /** A leading {@code ~} is the user's home here too: service files and compose do not expand it. */
    Path path() {
        return path(folder);
    }

    private static Path path(String folder) {
        if (folder.startsWith("~") && !folder.equals("~") && !folder.startsWith("~/")) {
            throw new IllegalArgumentException("CODEWISE_HOME=" + folder
                    + " means another user's home: write the folder out, such as /var/lib/codewise.");
        }
        try {
            return Path.of(folder.startsWith("~") ? System.getProperty("user.home") + folder.substring(1) : folder);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "CODEWISE_HOME=" + folder + " is no path: use one such as /var/lib/codewise.", e);
        }
    }
}
