package dev.codewise.proxy.completion;

import java.io.Serializable;

/** The tokens of one completion as the model counted them; {@code input} leaves the cached ones out. */
public record Usage(long input, long output, long cacheRead, long cacheWrite, long reasoning) implements Serializable {

    /** Everything the model read, from its cache or not. */
    public long allInput() {
        return input + cacheRead + cacheWrite;
    }
}
