package dev.codewise.proxy.completion;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Models that take the same wishes, oldest first. A name that is not known belongs to the latest: what comes new takes what the
 * newest took, and the API refuses a request with one wish too many.
 */
public enum Generation {

    /** Neither structured answers nor thinking that could be asked for without a history of thoughts. */
    EARLY("claude-(3.*|(opus|sonnet)-4(-[01])?(-20.*)?)", 32_000),

    /** Thinks within a budget, where it is given one. */
    FOUR_FIVE("claude-.*-4-5(-.*)?", 64_000),

    /** The last one that takes a temperature. */
    FOUR_SIX("claude-.*-4-6(-.*)?", 64_000),

    /** Thinks as much as it finds necessary, unless it is told not to. */
    UP_TO_FIVE("claude-(.*-4-[78]|(opus|sonnet)-5)(-20.*)?", 128_000),

    /** Thinks always, and so cannot be made to call a tool. */
    LATEST(".*", 64_000);

    private final Pattern names;
    private final int maxTokens;

    Generation(String names, int maxTokens) {
        this.names = Pattern.compile(names);
        this.maxTokens = maxTokens;
    }

    public static Generation of(String model) {
        return Arrays.stream(values())
                .filter(generation -> generation.names.matcher(model).matches())
                .findFirst()
                .orElse(LATEST);
    }

    /** What each of its models can write, for the API insists on a limit. */
    public int maxTokens() {
        return maxTokens;
    }

    public boolean takesSampling() {
        return compareTo(FOUR_SIX) <= 0;
    }

    /** Whether it does without thinking where it has to call a tool. */
    public boolean canBeForced() {
        return this != LATEST;
    }

    public boolean takesSchemas() {
        return compareTo(EARLY) > 0;
    }
}
