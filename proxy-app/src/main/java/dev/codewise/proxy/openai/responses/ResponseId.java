package dev.codewise.proxy.openai.responses;

import java.util.regex.Pattern;

/** The name of a response, made of its request's, so that a response leads to its line in the logs; nobody can guess one. */
record ResponseId(String value) {

    private static final String PREFIX = "resp_";
    private static final Pattern POSSIBLE = Pattern.compile("\\p{Graph}{1,200}");

    /** Whether it can be one at all. */
    static boolean isOne(String id) {
        return POSSIBLE.matcher(id).matches();
    }

    static ResponseId of(String requestId) {
        return new ResponseId(PREFIX + requestId.replaceFirst("^req_", ""));
    }

    /** The name of one of its items, the same whenever it is told. */
    String item(String prefix, int index) {
        return prefix + "_" + value.replaceFirst("^" + PREFIX, "") + "_" + index;
    }
}
