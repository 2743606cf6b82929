package dev.codewise.agent.doctor;

import dev.codewise.agent.claude.Claude;
import dev.codewise.agent.claude.ClaudeException;

/** Whether there is a claude, and one that is new enough. */
public final class ProgramCheck implements Check {

    private static final String INSTALL = "npm install -g @anthropic-ai/claude-code@latest";

    private final Claude claude;

    public ProgramCheck(Claude claude) {
        this.claude = claude;
    }

    @Override
    public Finding run() {
        try {
            var version = claude.version();
            if (!version.isKnown()) {
                return Finding.broken("\"claude --version\" printed something else than a version; is --claude right?");
            }
            return version.isOld()
                    ? Finding.doubtful(version.printed() + ", older than 2.1.118 with which this was made: " + INSTALL)
                    : Finding.well(version.printed());
        } catch (ClaudeException e) {
            return Finding.broken(e.getMessage() + ": " + INSTALL + ", or give the executable with --claude");
        }
    }
}
