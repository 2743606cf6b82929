package dev.codewise.proxy.openai;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * A client's pattern, tried no further than there are steps left, for there are some that would be tried for years. All patterns
 * of a schema take of the same steps, however often each of them is tried.
 */
record BoundedPattern(Pattern pattern, AtomicInteger stepsLeft) implements RegularExpression {

    /** What takes a tenth of a second. */
    private static final int MOST_STEPS = 10_000_000;

    static RegularExpressionFactory ofOneSchema() {
        var stepsLeft = new AtomicInteger(MOST_STEPS);
        return regex -> new BoundedPattern(Pattern.compile(regex), stepsLeft);
    }

    @Override
    public boolean matches(String text) {
        return pattern.matcher(new Counted(text, stepsLeft)).find();
    }

    /** A text that can be read only so often. */
    private record Counted(CharSequence text, AtomicInteger stepsLeft) implements CharSequence {

        @Override
        public char charAt(int index) {
            if (stepsLeft.decrementAndGet() < 0) {
                throw new IllegalStateException("The pattern takes too long.");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), stepsLeft);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
