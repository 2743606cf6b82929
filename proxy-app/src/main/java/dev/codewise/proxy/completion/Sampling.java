package dev.codewise.proxy.completion;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.codewise.proxy.completion.Wishes.Kind;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a model is to choose among words, as far as Claude lets anybody say so; of temperature and top_p it takes one. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Sampling(
        @Nullable Double temperature,
        @JsonProperty("top_p") @Nullable Double topP) {

    /** What is usual, for the models that take nothing else. */
    public static final Sampling USUAL_ONE = new Sampling(null, null);

    /** The highest temperature, and what counts for both when nothing is said. */
    private static final double USUAL = 1.0;

    /** What is usual anyway is not said, for even that some models refuse. */
    public static Sampling of(Wishes wishes) {
        Double temperature = unusual(wishes.temperature());
        return temperature == null
                ? new Sampling(null, unusual(wishes.topP()))
                : new Sampling(Math.min(temperature, USUAL), null);
    }

    /** A wish for a higher temperature than there is, is not heeded either. */
    public Set<Kind> unheeded(Wishes wishes) {
        var unheeded = EnumSet.noneOf(Kind.class);
        if (!isHeeded(wishes.temperature(), temperature)) {
            unheeded.add(Kind.TEMPERATURE);
        }
        if (!isHeeded(wishes.topP(), topP)) {
            unheeded.add(Kind.TOP_P);
        }
        return unheeded;
    }

    private static boolean isHeeded(@Nullable Double wish, @Nullable Double sent) {
        Double unusual = unusual(wish);
        return unusual == null || unusual.equals(sent);
    }

    private static @Nullable Double unusual(@Nullable Double wish) {
        return wish == null || wish == USUAL ? null : wish;
    }
}
