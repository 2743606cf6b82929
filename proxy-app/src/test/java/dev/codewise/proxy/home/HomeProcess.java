package dev.codewise.proxy.home;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Another Java process that is up, and asks for a secret of the same home when it is told to. */
final class HomeProcess {

    private final Process process;
    private final BufferedReader answers;

    private HomeProcess(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    static HomeProcess startedIn(Path home) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new HomeProcess(new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), Main.class.getName(), home.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
        process.answer();
        return process;
    }

    void asks(String name) throws IOException {
        try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
            input.write(name + "\n");
        }
    }

    @Nullable
    String answer() throws IOException {
        return answers.readLine();
    }

    /** What runs in the other process. */
    static final class Main {

        private Main() {}

        public static void main(String[] args) throws IOException {
            var home = new CodewiseHome(Path.of(args[0]));
            System.out.println("up");
            String name = new String(System.in.readAllBytes(), StandardCharsets.UTF_8).strip();
            System.out.println(home.secret(name).secret().reveal());
        }
    }
}
