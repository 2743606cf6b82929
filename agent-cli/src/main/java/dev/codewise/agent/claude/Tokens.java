package dev.codewise.agent.claude;

/** The tokens of an answer as the model counted them; {@code input} leaves the cached ones out, {@code output} holds the thinking. */
public record Tokens(long input, long output, long cacheRead, long cacheWrite, long thinking) {

    public static final Tokens NONE = new Tokens(0, 0, 0, 0, 0);

    Tokens plus(Tokens other) {
        return new Tokens(
                input + other.input,
                output + other.output,
                cacheRead + other.cacheRead,
                cacheWrite + other.cacheWrite,
                thinking + other.thinking);
    }
}
