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
        String whole = WellFormed.text(text);
        for (int i = 0; i < whole.length(); i++) {
            appendCharacter(whole.charAt(i), json);
        }
        json.append('"');
    }

    private static void appendCharacter(char character, StringBuilder json) {
        switch (character) {
            case '"', '\\' -> json.append('\\').append(character);
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            case NEXT_LINE, LINE_SEPARATOR, PARAGRAPH_SEPARATOR -> appendEscape(character, json);
            default -> {
                if (character < ' ') {
                    appendEscape(character, json);
                } else {
                    json.append(character);
                }
            }
        }
    }

    private static void appendEscape(char character, StringBuilder json) {
        json.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            json.append(HEX.charAt(character >> shift & 0xF));
        }
    }
}
