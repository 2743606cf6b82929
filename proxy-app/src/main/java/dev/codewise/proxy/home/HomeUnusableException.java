package dev.codewise.proxy.home;

import java.io.IOException;
import java.nio.file.Path;

/** The folder cannot be made or written to; the message is the sentence that says what to do. */
public final class HomeUnusableException extends IOException {

    HomeUnusableException(Path folder, IOException cause) {
        super(
                "CODEWISE_HOME=" + folder + " cannot be used ("
                        + cause.getClass().getSimpleName() + "): set it to a folder that this user may write to.",
                cause);
    }
}
