package dev.codewise.proxy.openai;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The arguments of a call as clients send them back: a JSON object in a string. */
public final class CallArguments {

    private static final String WHAT = "a string with a JSON object";

    private CallArguments() {}

    /** Models write nothing where a tool takes no input. */
    public static String of(JsonNode value, String at) {
        String arguments = Fields.text(value).orElseThrow(() -> Refusals.mustBe(at, WHAT));
        if (arguments.isBlank()) {
            return "{}";
        }
        if (!isObject(arguments)) {
            throw Refusals.mustBe(at, WHAT);
        }
        return arguments;
    }

    private static boolean isObject(String json) {
        try {
            return JsonMapper.shared().readTree(json).isObject();
        } catch (JacksonException e) {
            return false;
        }
    }
}
