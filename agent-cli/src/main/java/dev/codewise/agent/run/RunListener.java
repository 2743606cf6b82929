package dev.codewise.agent.run;

import java.time.Duration;

/** Is told about the runs of this agent, by their own threads; never what was asked or answered. */
public interface RunListener {

    void started(String requestId, String model);

    /** Claude repeats a call of its service, for the how many-th time; status 0 is no answer at all. */
    void retrying(String requestId, int attempt, int status);

    void ended(String requestId, RunEnd end);

    /** How a run ended: in a word for people, and in figures. */
    record RunEnd(String model, String outcome, Duration took, long inputTokens, long outputTokens) {}
}
