package dev.codewise.agent.claude;

/** A call of the service that claude repeats, for the how many-th time, and after which status; 0 is no answer at all. */
public record Retry(int attempt, int status) {}
