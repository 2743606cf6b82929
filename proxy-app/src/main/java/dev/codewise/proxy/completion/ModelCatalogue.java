package dev.codewise.proxy.completion;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which model names are known: Claude's aliases, full Claude names, the operator's own names for them, and whatever is offered
 * right now.
 */
public final class ModelCatalogue {

    private static final List<String> ALIASES = List.of("sonnet", "opus", "haiku");
    private static final Pattern FULL_NAME = Pattern.compile("claude-[a-z0-9.-]{1,100}");

    /** What an agent offers goes to its command line as it is, and may be no option there. */
    private static final Pattern OFFERED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/\\[\\]@-]{0,127}");

    private final Map<String, String> ownNames;
    private final List<ModelSource> sources;

    public ModelCatalogue(Map<String, String> ownNames) {
        this(ownNames, List.of());
    }

    ModelCatalogue(Map<String, String> ownNames, List<ModelSource> sources) {
        this.ownNames = Map.copyOf(ownNames);
        this.sources = List.copyOf(sources);
    }

    /** The names to offer, in a stable order. */
    public List<String> offered() {
        return Stream.of(
                        ALIASES.stream(),
                        ownNames.keySet().stream().sorted(),
                        offeredNow().sorted())
                .flatMap(names -> names)
                .distinct()
                .toList();
    }

    private Stream<String> offeredNow() {
        return sources.stream()
                .flatMap(source -> source.offered().stream())
                .filter(name -> OFFERED.matcher(name).matches());
    }

    /** The name under which a model can be asked for, or empty for one that nobody knows. */
    public Optional<String> find(String name) {
        return Optional.of(ownNames.getOrDefault(name, name)).filter(this::isKnown);
    }

    private boolean isKnown(String name) {
        return isClaudes(name) || offeredNow().anyMatch(name::equals);
    }

    static boolean isClaudes(String name) {
        return ALIASES.contains(name) || FULL_NAME.matcher(name).matches();
    }
}
