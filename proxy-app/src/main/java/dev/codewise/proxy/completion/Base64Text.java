package dev.codewise.proxy.completion;

/** Bytes as a text of Base64. */
public final class Base64Text {

    private Base64Text() {}

    /** Whether it is that to the last character; without decoding it, for it may be megabytes that are only passed on. */
    public static boolean isWhole(String text) {
        int end = text.length() - (text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0);
        return end > 0 && text.length() % 4 == 0 && text.chars().limit(end).allMatch(Base64Text::isDigit);
    }

    private static boolean isDigit(int character) {
        return isBetween('A', character, 'Z')
                || isBetween('a', character, 'z')
                || isBetween('0', character, '9')
                || character == '+'
                || character == '/';
    }

    private static boolean isBetween(char first, int character, char last) {
        return first <= character && character <= last;
    }
}
