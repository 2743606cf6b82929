package dev.codewise.agent.claude;

import dev.codewise.agent.claude.Wishes.Effort;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a model is to choose among words, where it lets anybody say so: of the models there are, the newest refuse it. */
record Sampling(@Nullable Double temperature, @Nullable Double topP) {

    /** The API's highest temperature, and what it takes for both when nothing is said. */
    private static final double USUAL = 1.0;

    private static final Sampling USUAL_ONE = new Sampling(null, null);

    /** Full names in any service's spelling, and the one alias that stands for such a model. */
    private static final Pattern TAKES_TEMPERATURE =
            Pattern.compile("haiku|.*(claude-3-|sonnet-4(-0)?($|[-@]20)|-4-[56]($|[-@])).*");

    /** The rest of those above take one of the two, and claude itself always says the temperature where they do not think. */
    private static final Pattern TAKES_TOP_P = Pattern.compile(".*(claude-3-|sonnet-4(-0)?($|[-@]20)).*");

    /** Whoever is to think cannot be told how to choose, so that a wish to think comes first. */
    static Sampling of(String model, Wishes wishes) {
        var thinks = wishes.effort() != null && !isThoughtless(wishes.effort());
        var temperature = unusual(wishes.temperature());
        if (thinks) {
            return USUAL_ONE;
        }
        if (temperature != null && TAKES_TEMPERATURE.matcher(model).matches()) {
            return new Sampling(temperature, null);
        }
        return new Sampling(null, TAKES_TOP_P.matcher(model).matches() ? unusual(wishes.topP()) : null);
    }

    static boolean isThoughtless(@Nullable Effort effort) {
        return effort == Effort.NONE || effort == Effort.MINIMAL;
    }

    boolean isUsual() {
        return temperature == null && topP == null;
    }

    /** What is more than the API has is the most it has. */
    private static @Nullable Double unusual(@Nullable Double wish) {
        return wish == null || wish >= USUAL ? null : wish;
    }
}
