package dev.codewise.agent.connection;

import org.jspecify.annotations.Nullable;

/** One event as it came over the stream; without data when there was too much of it. */
record StreamEvent(String name, @Nullable String data) {}
