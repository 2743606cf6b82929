package dev.codewise.proxy.status.log;

import java.util.Locale;

/** Text that stays on its line and within its length: control characters are written out, the rest is cut off. */
final class PrintableText {

    private final StringBuilder text = new StringBuilder();
    private int bytesLeft;

    PrintableText(int mostBytes) {
        this.bytesLeft = mostBytes;
    }

    static String of(String source, int mostBytes) {
        return new PrintableText(mostBytes).append(source).toString();
    }

    PrintableText append(String source) {
        int at = 0;
        while (at < source.length() && bytesLeft > 0) {
            int character = source.codePointAt(at);
            appendCharacter(character);
            at += Character.charCount(character);
        }
        return this;
    }

    private void appendCharacter(int character) {
        String printed = isPrintable(character) ? Character.toString(character) : escaped(character);
        bytesLeft -= bytesOf(printed);
        text.append(bytesLeft > 0 ? printed : "…");
    }

    /** Neither controls, nor what ends a line for some readers, nor marks that turn the direction of writing. */
    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }

    private static String escaped(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format(Locale.ROOT, "\\u%04x", character);
        };
    }

    private static int bytesOf(String printed) {
        return printed.length() == 1 && printed.charAt(0) < 0x80 ? 1 : Math.max(4, printed.length());
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
