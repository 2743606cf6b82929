package dev.codewise.proxy.access;

import dev.codewise.proxy.home.Secret;

/** What a secret must be like, so that it is hard to guess and fits into a header. */
final class SecretRule {

    static final int SHORTEST = 16;
    private static final int LONGEST = 1024;

    private SecretRule() {}

    /** The secret itself; its place, such as a variable, is named if it will not do, the secret never. */
    static Secret check(String place, Secret secret) {
        if (secret.length() < SHORTEST || secret.length() > LONGEST) {
            throw new IllegalArgumentException(place + " must have at least " + SHORTEST + " characters and at most "
                    + LONGEST + ", such as the output of: openssl rand -hex 32.");
        }
        if (!secret.reveal().chars().allMatch(letter -> letter > ' ' && letter < 127)) {
            throw new IllegalArgumentException(place + " must be of visible ASCII characters without blanks, because"
                    + " it travels in a header; such as the output of: openssl rand -hex 32.");
        }
        return secret;
    }
}
