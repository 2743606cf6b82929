package dev.codewise.agent.doctor;

/** What a check has found, in words for a person; what is not well comes with its cure. */
public record Finding(Grade grade, String words) {

    /** How bad it is. */
    public enum Grade {
        WELL,
        /** An agent works, but its user should know. */
        DOUBTFUL,
        BROKEN
    }

    static Finding well(String words) {
        return new Finding(Grade.WELL, words);
    }

    static Finding doubtful(String words) {
        return new Finding(Grade.DOUBTFUL, words);
    }

    public static Finding broken(String words) {
        return new Finding(Grade.BROKEN, words);
    }

    public boolean isBroken() {
        return grade == Grade.BROKEN;
    }
}
