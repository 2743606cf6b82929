package dev.codewise.proxy.completion;

import org.jspecify.annotations.Nullable;

/** Who answers: a provider, and which of its agents where it has some. */
public record Answerer(String provider, @Nullable String agent) {}
