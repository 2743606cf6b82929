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

    /** The names to offer to this client, in a stable order: first those that everybody knows, last those that only its key names. */
    public List<String> offeredTo(Client client) {
        return Stream.of(
                        ALIASES.stream(),
                        ownNames.keySet().stream().sorted(),
                        offeredNow(client).sorted(),
                        client.models().stream().sorted().filter(name -> isKnown(actual(name), client)))
                .flatMap(names -> names)
                .distinct()
                .filter(name -> mayAsk(client, name))
                .toList();
    }

    private Stream<String> offeredNow(Client client) {
        return sources.stream()
                .flatMap(source -> source.offered(client).stream())
                .filter(name -> OFFERED.matcher(name).matches());
    }

    /**
     * The name under which a model can be asked for, or empty for one that this client knows nothing of; fails with a
     * {@link CompletionException} for one that it may not ask.
     */
    public Optional<String> find(String name, Client client) {
        Optional<String> known = Optional.of(actual(name)).filter(model -> isKnown(model, client));
        if (known.isPresent() && !mayAsk(client, name)) {
            throw CompletionException.modelNotAllowed(name);
        }
        return known;
    }

    /** What the operator means by a name of their own; every other name means itself. */
    public String actual(String name) {
        return ownNames.getOrDefault(name, name);
    }

    /** The same model under another of its names is still the same. */
    private boolean mayAsk(Client client, String name) {
        return client.models().isEmpty()
                || client.models().stream().map(this::canonical).anyMatch(canonical(name)::equals);
    }

    private String canonical(String name) {
        return ClaudeModels.fullName(actual(name));
    }

    private boolean isKnown(String name, Client client) {
        return isClaudes(name) || offeredNow(client).anyMatch(name::equals);
    }

    static boolean isClaudes(String name) {
        return ALIASES.contains(name) || FULL_NAME.matcher(name).matches();
    }
}
