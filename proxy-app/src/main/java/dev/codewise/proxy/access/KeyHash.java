package dev.codewise.proxy.access;

import dev.codewise.proxy.home.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What is kept of a key's secret. It needs no salt and no slow function: nobody can try 2^256 of them. */
final class KeyHash {

    private final byte[] sha256;

    private KeyHash(byte[] sha256) {
        this.sha256 = sha256;
    }

    static KeyHash kept(byte[] sha256) {
        return new KeyHash(sha256.clone());
    }

    static KeyHash of(Secret secret) {
        try {
            return new KeyHash(
                    MessageDigest.getInstance("SHA-256").digest(secret.reveal().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Takes as long for a near miss as for a far one. */
    boolean matches(KeyHash presented) {
        return MessageDigest.isEqual(sha256, presented.sha256);
    }

    byte[] toBytes() {
        return sha256.clone();
    }
}
