package dev.codewise.agent.claude;

import java.time.Duration;

/** How long claude may be silent, and how long its whole answer may take. */
public record Patience(Duration silence, Duration total) {}
