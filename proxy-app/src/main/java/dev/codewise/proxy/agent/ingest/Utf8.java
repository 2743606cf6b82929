package dev.codewise.proxy.agent.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Turns bytes into text, and refuses those that are none: no guess at another encoding, and nothing replaced. */
final class Utf8 {

    private Utf8() {}

    static String text(byte[] bytes) {
        return isAscii(bytes) ? new String(bytes, StandardCharsets.US_ASCII) : decoded(bytes);
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw MessageReader.bad("it is not in UTF-8");
        }
    }
}
