package dev.codewise.proxy.completion;

import java.util.Map;
import java.util.TreeMap;
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
        for (String pair : list.split(",", -1)) {
            if (!pair.isBlank()) {
                String[] names = pair.strip().split("=", -1);
                if (names.length != 2 || names[0].isBlank() || !ModelCatalogue.isClaudes(names[1].strip())) {
                    throw new IllegalArgumentException("MODEL_ALIASES has \"" + pair.strip()
                            + "\", which is not a name and a Claude model, such as gpt-4o=sonnet");
                }
                aliases.put(names[0].strip(), names[1].strip());
            }
        }
        return aliases;
    }
}
