package dev.codewise.proxy.claude;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.codewise.proxy.claude.AnswerForm.Format;
import dev.codewise.proxy.claude.Reasoning.Occasion;
import dev.codewise.proxy.claude.Reasoning.Thinking;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Generation;
import dev.codewise.proxy.completion.Sampling;
import dev.codewise.proxy.completion.Wishes;
import dev.codewise.proxy.completion.Wishes.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the answer is to be written: the client's wishes, as far as the model heeds them, in the API's words. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Tuning(
        @JsonProperty("max_tokens") int maxTokens,
        @JsonUnwrapped Sampling sampling,
        @JsonProperty("stop_sequences") List<String> stop,
        @Nullable Thinking thinking,

        @JsonProperty("output_config") @Nullable OutputConfig outputConfig,

        @JsonIgnore Set<Kind> unheeded) {

    /** How much effort goes into the answer, and which form it has. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OutputConfig(@Nullable String effort, @Nullable Format format) {

        private static @Nullable OutputConfig of(@Nullable String effort, @Nullable Format format) {
            return effort == null && format == null ? null : new OutputConfig(effort, format);
        }
    }

    static Tuning of(CompletionRequest request, Generation generation, AnswerForm form) {
        Wishes wishes = request.wishes();
        int maxTokens = wishes.maxTokens() == null ? generation.maxTokens() : wishes.maxTokens();
        var occasion = new Occasion(wishes.effort(), form.tools(), maxTokens);
        Reasoning reasoning = Reasoning.of(generation, occasion);
        Sampling sampling =
                generation.takesSampling() && !reasoning.isThinking() ? Sampling.of(wishes) : Sampling.USUAL_ONE;
        List<String> stop = stopSequences(wishes);
        return new Tuning(
                maxTokens,
                sampling,
                stop,
                reasoning.thinking(),
                OutputConfig.of(reasoning.effort(), form.format()),
                unheeded(wishes, sampling, stop, reasoning));
    }

    /** The API refuses those that are blank. */
    private static List<String> stopSequences(Wishes wishes) {
        return wishes.stop().stream().filter(words -> !words.isBlank()).toList();
    }

    private static Set<Kind> unheeded(Wishes wishes, Sampling sampling, List<String> stop, Reasoning reasoning) {
        Set<Kind> unheeded = sampling.unheeded(wishes);
        if (stop.size() < wishes.stop().size()) {
            unheeded.add(Kind.STOP);
        }
        if (!reasoning.heeded()) {
            unheeded.add(Kind.EFFORT);
        }
        return unheeded;
    }
}
