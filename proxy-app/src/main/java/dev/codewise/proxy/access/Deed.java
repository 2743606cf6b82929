package dev.codewise.proxy.access;

import org.jspecify.annotations.Nullable;

/** What somebody has done that does not wait until it is noted; to be published as an event, and noted soon after. */
public record Deed(
        Actor actor,
        String action,
        String subject,
        @Nullable String detail) {}
