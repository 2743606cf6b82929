package dev.codewise.proxy.shell;

import dev.codewise.proxy.access.Keys;
import dev.codewise.proxy.access.Keys.Made;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives a key another secret. That is all there is on stdout, so that a script can take it from there. */
@Command(name = "rotate", header = "Gives a key a new secret and prints it, this once.")
final class RotateKey implements Runnable {

    private static final int LONGEST_OVERLAP_HOURS = 30 * 24;

    private final Place place;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "ID", description = "Which: the part behind cwk_, as keys list shows it.")
    private String id;

    @Option(
            names = "--overlap-hours",
            defaultValue = "24",
            description = "For how long the secret before stays good, 0 to 720 (default: ${DEFAULT-VALUE}).")
    private int overlapHours;

    RotateKey(Place place) {
        this.place = place;
    }

    @Override
    public void run() {
        if (overlapHours < 0 || overlapHours > LONGEST_OVERLAP_HOURS) {
            throw new ParameterException(
                    spec.commandLine(), "--overlap-hours must be from 0 to " + LONGEST_OVERLAP_HOURS);
        }
        var overlap = Duration.ofHours(overlapHours);
        Made made = place.ask(database -> Keys.in(database).renew(place.actor(), id, overlap));
        output.result(CreateKey.told(made), made.text());
        output.remark("The secret before it opens for " + overlapHours + " more hours. This one is shown this once.");
    }
}
