package dev.codewise.agent.doctor;

/** Which Java this program runs on; on one that is too old it would not have come so far. */
public final class JavaCheck implements Check {

    @Override
    public Finding run() {
        return Finding.well(Runtime.version() + " in " + System.getProperty("java.home"));
    }
}
