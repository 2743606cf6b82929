package dev.codewise.proxy.access;

import dev.codewise.protocol.Protocol;
import dev.codewise.proxy.home.Secret;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What opens a door, as whoever uses it has it: a name that may be shown, and behind it what nobody can guess. A client has a key,
 * named by its id; an agent has a token, named by the agent's.
 */
record KeyText(String id, Secret whole) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 6;
    private static final int SECRET_BYTES = 32;
    private static final Pattern KEY = Pattern.compile("cwk_([0-9a-f]{12})_[A-Za-z0-9_-]{43}");

    static KeyText fresh() {
        return freshFor(freshId());
    }

    static String freshId() {
        return HexFormat.of().formatHex(random(ID_BYTES));
    }

    /** One more of the same key. */
    static KeyText freshFor(String id) {
        return fresh("cwk_", id);
    }

    static KeyText freshToken(String agentId) {
        return fresh("cwa_", agentId);
    }

    private static KeyText fresh(String kind, String id) {
        var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random(SECRET_BYTES));
        return new KeyText(id, Secret.of(kind + id + "_" + secret));
    }

    /** Which key this claims to be; nothing where it is no key at all. */
    static Optional<KeyText> read(String presented) {
        Matcher form = KEY.matcher(presented);
        return form.matches() ? Optional.of(new KeyText(form.group(1), Secret.of(presented))) : Optional.empty();
    }

    /** Whose token this claims to be; nothing where it is no token at all. */
    static Optional<KeyText> readToken(String presented) {
        return Protocol.agentOfToken(presented).map(id -> new KeyText(id, Secret.of(presented)));
    }

    KeyHash hash() {
        return KeyHash.of(whole);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
