package dev.codewise.proxy.shell;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How a command tells what it has done: in words, or for a program. */
final class Output {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--json", description = "Prints JSON, as /api answers it.")
    private boolean json;

    /** What is the result goes to stdout, in one of two forms. */
    void result(Object forPrograms, String forPeople) {
        out().println(json ? JSON.writeValueAsString(forPrograms) : forPeople);
    }

    /** What is said about it goes to stderr, and programs do without. */
    void remark(String sentence) {
        if (!json) {
            spec.commandLine().getErr().println(sentence);
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
