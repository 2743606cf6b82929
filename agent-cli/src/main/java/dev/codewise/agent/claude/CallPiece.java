package dev.codewise.agent.claude;

import org.jspecify.annotations.Nullable;

/** A piece of a call that the model makes; the first of a call has its id and its name, all together its arguments. */
public record CallPiece(
        int index, @Nullable String id, @Nullable String name, String arguments) {}
