package dev.codewise.proxy.shell;

import dev.codewise.proxy.database.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What somebody typed behind the jar's name, and what they then see. */
record Words(int exitCode, String out, String err) {

    static Words typed(TestDatabase database, String... words) {
        return typed(Map.of("DATABASE_URL", database.url()), words);
    }

    static Words typed(Map<String, String> variables, String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = new Shell(variables)
                .printingTo(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(words);
        return new Words(code, out.toString().strip(), err.toString().strip());
    }

    JsonNode json() {
        return new JsonMapper().readTree(out);
    }
}
