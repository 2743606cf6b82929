package dev.codewise.proxy.completion;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The operator's own names for models, for clients whose names are fixed. */
@ConfigurationProperties("codewise.completion")
record CompletionProperties(@DefaultValue("") String modelAliasList) {

    CompletionProperties {
        parse(modelAliasList);
    }

    /** From {@code gpt-4o=sonnet,gpt-4o-mini=haiku}. */
    Map<String, String> modelAliases() {
        return parse(modelAliasList);
    }

    private static Map<String, String> parse(String list) {
        var aliases = new TreeMap<String, String>();
        Stream.of(list.split(",", -1))
                .map(String::strip)
                .filter(pair -> !pair.isEmpty())
                .forEach(pair -> add(pair, aliases));
        return aliases;
    }

    private static void add(String pair, Map<String, String> aliases) {
        String[] names = pair.split("\\s*=\\s*", -1);
        if (names.length != 2 || names[0].isEmpty() || !ModelCatalogue.isClaudes(names[1])) {
            throw new IllegalArgumentException("MODEL_ALIASES has \"" + pair
                    + "\", which is not a name and a Claude model, such as gpt-4o=sonnet");
        }
        if (aliases.put(names[0], names[1]) != null) {
            throw new IllegalArgumentException("MODEL_ALIASES has \"" + names[0] + "\" twice: leave one of them out");
        }
    }
}
