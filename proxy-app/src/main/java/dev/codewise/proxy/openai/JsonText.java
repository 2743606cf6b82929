package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.WellFormed;

/**
 * A text as a JSON string.
 *
 * <p>Besides what JSON demands it escapes the characters that some clients take for the end of a line, and so of an event, and
 * halves of surrogate pairs never get out.
 */
final class JsonText {

    private static final String HEX = "0123456789abcdef";
    private static final char NEXT_LINE = '\u0085';
    private static final char LINE_SEPARATOR = '\u2028';
    private static final char PARAGRAPH_SEPARATOR = '\u2029';

    private JsonText() {}

    static void append(String text, StringBuilder json) {
        json.append('"');
        appendEscaped(WellFormed.text(text), json);
        json.append('"');
    }

    /** What needs no escape, which is nearly all of it, is taken over in one go. */
    private static void appendEscaped(String text, StringBuilder json) {
        int done = 0;
        for (int i = 0; i < text.length(); i++) {
            if (needsEscape(text.charAt(i))) {
                appendEscapeOf(text.charAt(i), json.append(text, done, i));
                done = i + 1;
            }
        }
        json.append(text, done, text.length());
    }

    private static boolean needsEscape(char character) {
        return switch (character) {
            case '"', '\\', NEXT_LINE, LINE_SEPARATOR, PARAGRAPH_SEPARATOR -> true;
            default -> character < ' ';
        };
    }

    private static void appendEscapeOf(char character, StringBuilder json) {
        switch (character) {
            case '"', '\\' -> json.append('\\').append(character);
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            default -> appendEscape(character, json);
        }
    }

    private static void appendEscape(char character, StringBuilder json) {
        json.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            json.append(HEX.charAt(character >> shift & 0xF));
        }
    }
}
