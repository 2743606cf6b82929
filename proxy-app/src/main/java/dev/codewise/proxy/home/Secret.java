package dev.codewise.proxy.home;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A value that is compared and handed on, but never printed. */
public final class Secret {

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Also how a setting becomes a secret: Spring finds it by its name. */
    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The value itself, for the one place that has to send it on. */
    public String reveal() {
        return value;
    }

    public int length() {
        return value.length();
    }

    /** Whether somebody presented this very secret; takes as long for a near miss as for a far one. */
    public boolean matches(String presented) {
        return MessageDigest.isEqual(sha256(value), sha256(presented));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
