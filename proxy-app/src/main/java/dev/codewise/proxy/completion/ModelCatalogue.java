package dev.codewise.proxy.completion;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which model names are known: Claude's aliases, full Claude names, and the operator's own names for them. */
public final class ModelCatalogue {

    private static final List<String> ALIASES = List.of("sonnet", "opus", "haiku");
    private static final Pattern FULL_NAME = Pattern.compile("claude-[a-z0-9.-]{1,100}");

    private final Map<String, String> ownNames;

    public ModelCatalogue(Map<String, String> ownNames) {
        this.ownNames = Map.copyOf(ownNames);
    }

    /** The names to offer, in a stable order. */
    public List<String> offered() {
        return Stream.concat(ALIASES.stream(), ownNames.keySet().stream().sorted())
                .distinct()
                .toList();
    }

    /** Claude's own name or alias for a model, or empty for one that nobody knows. */
    public Optional<String> find(String name) {
        return Optional.of(ownNames.getOrDefault(name, name)).filter(ModelCatalogue::isClaudes);
    }

    static boolean isClaudes(String name) {
        return ALIASES.contains(name) || FULL_NAME.matcher(name).matches();
    }
}
