package dev.codewise.proxy.admin;

import org.jspecify.annotations.Nullable;

/** What the first request under a word was answered, sealed; without a status it is being answered, or was given up. */
record PostedAnswer(
        String fingerprint,
        @Nullable Integer status,
        @Nullable String contentType,
        @Nullable String sealed) {}
