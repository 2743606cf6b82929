package dev.codewise.proxy.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** One request under a word of its caller's; the fingerprint is the same for those that ask the same, and for no others. */
record Posted(String caller, String word, String fingerprint) {

    static Posted of(String caller, String word, String target, byte[] body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update((target + "\n").getBytes(StandardCharsets.UTF_8));
            return new Posted(caller, word, HexFormat.of().formatHex(digest.digest(body)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Under which its answer is sealed. */
    String name() {
        return caller + "\n" + word;
    }
}
