package dev.codewise.proxy.anthropic;

import dev.codewise.proxy.completion.Demand;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamContext;

/**
 * What a body can make the API do beside reading it and answering: read what is somewhere else, use tools of its own, ask other
 * models.
 *
 * @param isOpen whether nobody can tell from the body's length how much a model will read
 * @param models those that tools are to ask
 */
record Reach(boolean isOpen, Set<String> models) {

    /** The largest that a model has. */
    private static final int CONTEXT_WINDOW = 1_000_000;

    private static final Set<String> SOURCES_IN_THE_BODY = Set.of("base64", "text", "content");

    /** Tools that the client runs, some of which the API knows by name. */
    private static final Pattern TOOL_OF_THE_CLIENT = Pattern.compile("custom|(bash|text_editor|computer|memory)_\\d+");

    Reach {
        models = Set.copyOf(models);
    }

    /** Of a body that is known to be JSON. */
    static Reach of(byte[] body) {
        boolean open = false;
        var models = new HashSet<String>();
        try (JsonParser parser = AskedModel.reader().createParser(ObjectReadContext.empty(), body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                open |= isOpen(token, parser);
                if (token == JsonToken.VALUE_STRING && isTools(parser, "model")) {
                    models.add(parser.getString());
                }
            }
        }
        return new Reach(open, models);
    }

    private static boolean isOpen(JsonToken token, JsonParser parser) {
        return switch (token) {
            case START_OBJECT ->
                isNamed("mcp_servers", parser.streamReadContext().getParent().getParent());
            case VALUE_STRING ->
                isSources(parser)
                        ? !SOURCES_IN_THE_BODY.contains(parser.getString())
                        : isTools(parser, "type") && !isOfTheClient(parser.getString());
            default -> false;
        };
    }

    private static boolean isOfTheClient(String tool) {
        return TOOL_OF_THE_CLIENT.matcher(tool).matches();
    }

    /** Whether this is the type of a source, wherever in the body that is. */
    private static boolean isSources(JsonParser parser) {
        TokenStreamContext place = parser.streamReadContext();
        return isNamed("type", place) && isNamed("source", place.getParent());
    }

    /** Whether this is a field of one of the tools. */
    private static boolean isTools(JsonParser parser, String field) {
        TokenStreamContext place = parser.streamReadContext();
        TokenStreamContext list = place.getParent();
        return isNamed(field, place) && list.inArray() && isNamed("tools", list.getParent());
    }

    private static boolean isNamed(String field, @Nullable TokenStreamContext place) {
        return place != null && place.inObject() && field.equals(place.currentName());
    }

    /** From above: a whole context, where the body does not tell. */
    Demand demand(Demand byLength) {
        return isOpen
                ? new Demand(Math.max(byLength.inputTokens(), CONTEXT_WINDOW), byLength.mostOutputTokens())
                : byLength;
    }
}
