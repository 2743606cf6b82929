package dev.codewise.proxy.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodewiseHomeTest {

    private static final int CALLERS = 8;

    @TempDir
    private Path parent;

    @Test
    void makesASecretAtTheFirstCallAndKeepsItSince() throws IOException {
        var made = home().secret("some-secret");
        var kept = home().secret("some-secret");

        assertThat(made.fresh()).isTrue();
        assertThat(made.secret().reveal()).matches("[A-Za-z0-9_-]{43}");
        assertThat(kept.fresh()).isFalse();
        assertThat(kept.secret().reveal()).isEqualTo(made.secret().reveal());
        assertThat(kept.file())
                .isEqualTo(home().folder().resolve("some-secret"))
                .hasContent(made.secret().reveal() + "\n");
    }

    @Test
    void makesAnotherSecretForAnotherName() throws IOException {
        var one = home().secret("one");
        var other = home().secret("other");

        assertThat(one.secret().reveal()).isNotEqualTo(other.secret().reveal());
    }

    @Test
    void letsNobodyButItsOwnerIn() throws IOException {
        var home = home();

        var kept = home.secret("some-secret");

        assertThat(permissions(home.folder())).isEqualTo("rwx------");
        assertThat(permissions(kept.file())).isEqualTo("rw-------");
        try (var files = Files.list(home.folder())) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
        }
    }

    @Test
    void makesNothingBeforeItIsAsked() {
        assertThat(home().folder()).doesNotExist();
    }

    @Test
    void readsWhatItsOwnerHasWrittenThere() throws IOException {
        Files.createDirectories(home().folder());
        Files.writeString(home().folder().resolve("some-secret"), "  my own secret\r\n\n");

        var kept = home().secret("some-secret");

        assertThat(kept.secret().reveal()).isEqualTo("my own secret");
        assertThat(kept.fresh()).isFalse();
    }

    @Test
    void replacesWhatAProcessLeftThatDiedWhileItMadeASecret() throws IOException {
        Files.createDirectories(home().folder());
        Files.writeString(home().folder().resolve("some-secret.new"), "half a sec");

        var made = home().secret("some-secret");

        assertThat(made.fresh()).isTrue();
        assertThat(home().folder().resolve("some-secret.new")).doesNotExist();
    }

    @Test
    void saysWhatToDoWhereItCannotBeMade() throws IOException {
        Path file = Files.writeString(parent.resolve("home"), "in the way");

        assertThatThrownBy(() -> home().secret("some-secret"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("CODEWISE_HOME=" + file);
    }

    @Test
    void givesAllThreadsThatComeAtOnceTheSameSecret() throws Exception {
        for (int round = 0; round < 20; round++) {
            String name = "secret-" + round;

            List<CodewiseHome.Kept> all = atOnce(() -> home().secret(name));

            assertThat(all)
                    .extracting(kept -> kept.secret().reveal())
                    .doesNotContain("")
                    .containsOnly(revealed(name));
            assertThat(all).filteredOn(CodewiseHome.Kept::fresh).hasSize(1);
        }
    }

    @Test
    void givesAllProcessesThatComeAtOnceTheSameSecret() throws Exception {
        var processes = List.of(process(), process(), process());

        for (HomeProcess process : processes) {
            process.asks("some-secret");
        }

        for (HomeProcess process : processes) {
            assertThat(process.answer()).isEqualTo(revealed("some-secret"));
        }
    }

    private HomeProcess process() throws IOException {
        return HomeProcess.startedIn(home().folder());
    }

    private static List<CodewiseHome.Kept> atOnce(Callable<CodewiseHome.Kept> call) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        try {
            var ready = new CountDownLatch(CALLERS);
            List<Future<CodewiseHome.Kept>> calls = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                calls.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return call.call();
                }));
            }
            return calls.stream().map(CodewiseHomeTest::outcome).toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private static CodewiseHome.Kept outcome(Future<CodewiseHome.Kept> call) {
        try {
            return call.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private String revealed(String name) throws IOException {
        return Files.readString(home().folder().resolve(name)).strip();
    }

    private CodewiseHome home() {
        return new CodewiseHome(parent.resolve("home"));
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
