package dev.codewise.agent.cli;

import dev.codewise.agent.doctor.Check;
import dev.codewise.agent.doctor.Finding;
import dev.codewise.agent.doctor.Finding.Grade;
import java.io.PrintStream;

/** One round of checks: tells each finding at once, and remembers the first that is bad. */
final class Visit {

    private final PrintStream out;
    private ExitCode result = ExitCode.ENDED;

    Visit(PrintStream out) {
        this.out = out;
    }

    /** False where it makes no sense to look further along this line. */
    boolean examine(String subject, Check check, ExitCode ifBroken) throws InterruptedException {
        return tell(subject, check.run(), ifBroken);
    }

    void broken(String subject, String words, ExitCode code) {
        tell(subject, Finding.broken(words), code);
    }

    ExitCode result() {
        return result;
    }

    private boolean tell(String subject, Finding finding, ExitCode ifBroken) {
        out.printf("%-5s %-8s %s%n", word(finding.grade()), subject, finding.words());
        if (finding.isBroken() && result == ExitCode.ENDED) {
            result = ifBroken;
        }
        return !finding.isBroken();
    }

    private static String word(Grade grade) {
        return switch (grade) {
            case WELL -> "ok";
            case DOUBTFUL -> "note";
            case BROKEN -> "WRONG";
        };
    }
}
