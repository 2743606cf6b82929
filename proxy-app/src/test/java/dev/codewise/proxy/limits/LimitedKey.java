package dev.codewise.proxy.limits;

/** A key that was made for a test: by which name it is known, and what its holder presents. */
record LimitedKey(String id, String text) {}
