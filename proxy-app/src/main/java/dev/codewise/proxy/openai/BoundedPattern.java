package dev.codewise.proxy.openai;

import com.networknt.schema.regex.RegularExpression;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A client's pattern, tried for so many steps and no further, for there are some that would be tried for years. */
record BoundedPattern(Pattern pattern) implements RegularExpression {

    private static final int MOST_STEPS = 2_000_000;

    static BoundedPattern of(String regex) {
        return new BoundedPattern(Pattern.compile(regex));
    }

    @Override
    public boolean matches(String text) {
        return pattern.matcher(new Counted(text, new AtomicInteger(MOST_STEPS))).find();
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
