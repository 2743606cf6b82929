package dev.codewise.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Tag("long")
@EnabledOnOs(OS.LINUX)
@DisplayName("M14, M16: whoever vanishes without a word, so that nothing of him is even acknowledged, is missed")
class VanishedPeersTest {

    private static final List<String> OWN_NETWORK = List.of("unshare", "--map-root-user", "--net");

    @Test
    void areAClientAndAnAgentOfLevel0() throws Exception {
        Assumptions.assumeTrue(
                canMakeNetworks(), "This system lets nobody make a network of his own (unshare, iptables): not tried.");

        assertThat(outputOf(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(),
                        VanishedPeers.class.getName()))
                .contains("the client has been missed", "the agent has been missed");
    }

    private static boolean canMakeNetworks() throws InterruptedException {
        try {
            return outputOf("sh", "-c", "iptables -L INPUT && ip link set lo up && echo possible")
                    .contains("possible");
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static String outputOf(String... command) throws IOException, InterruptedException {
        var inside = new ArrayList<>(OWN_NETWORK);
        inside.addAll(List.of(command));
        Process process = new ProcessBuilder(inside).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return output;
    }
}
