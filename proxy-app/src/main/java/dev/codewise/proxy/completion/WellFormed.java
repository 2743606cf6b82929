package dev.codewise.proxy.completion;

import java.nio.charset.StandardCharsets;

/** Text that every reader can take: half a surrogate pair, which no encoding can carry, becomes the replacement character. */
public final class WellFormed {

    static final char REPLACEMENT = '\uFFFD';

    private WellFormed() {}

    public static String text(String text) {
        return isWhole(text) ? text : repaired(text);
    }

    /** The bytes of a text that may hold what no encoding can carry. */
    public static byte[] utf8(String text) {
        return text(text).getBytes(StandardCharsets.UTF_8);
    }

    /** A loop, for every piece of every answer passes here. */
    static boolean isWhole(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (isHalfAPair(text.codePointAt(i))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static String repaired(String text) {
        return text.codePoints()
                .map(each -> isHalfAPair(each) ? REPLACEMENT : each)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Whole pairs come as one code point above these. */
    private static boolean isHalfAPair(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
