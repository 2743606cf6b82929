package dev.codewise.proxy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.CapturedLog;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoolDownsTest {

    private long now = -5;
    private final CoolDowns coolDowns = new CoolDowns(() -> now);
    private final CapturedLog log = CapturedLog.of(CoolDowns.class);

    @AfterEach
    void everybodyHearsTheLogAgain() {
        log.close();
    }

    @Test
    void leavesAnAgentAloneOnceItHasFailedThreeTimesInARow() {
        fails(2);
        assertThat(coolDowns.isLeftAlone("a")).isFalse();

        fails(1);

        assertThat(coolDowns.left("a")).isEqualTo(Duration.ofSeconds(30));
        assertThat(coolDowns.isLeftAlone("b")).isFalse();
        passes(Duration.ofSeconds(30).minusNanos(1));
        assertThat(coolDowns.isLeftAlone("a")).isTrue();
        passes(Duration.ofNanos(1));
        assertThat(coolDowns.isLeftAlone("a")).isFalse();
    }

    @Test
    void countsAgainOnceItHasAnswered() {
        fails(2);
        coolDowns.worked("a");

        fails(2);

        assertThat(coolDowns.isLeftAlone("a")).isFalse();
    }

    @Test
    void leavesItAloneLongerEachTimeButNeverForMoreThanFiveMinutes() {
        var rests = IntStream.rangeClosed(1, 12)
                .mapToObj(time -> {
                    fails(3);
                    Duration left = coolDowns.left("a");
                    passes(left);
                    return left.toSeconds();
                })
                .toList();

        assertThat(rests).startsWith(30L, 60L, 90L).endsWith(300L, 300L, 300L);
    }

    @Test
    void learnsNothingFromWhatWasUnderWay() {
        fails(9);
        passes(Duration.ofSeconds(30));

        assertThat(coolDowns.isLeftAlone("a")).isFalse();
    }

    @Test
    void leavesItAloneUntilItsLimitIsOverWhateverElseItAnswers() {
        coolDowns.limited("a", Duration.ofHours(5));
        coolDowns.worked("a");

        passes(Duration.ofHours(5).minusSeconds(1));
        assertThat(coolDowns.left("a")).isEqualTo(Duration.ofSeconds(1));
        passes(Duration.ofSeconds(1));
        assertThat(coolDowns.isLeftAlone("a")).isFalse();
    }

    @Test
    void believesNoLimitThatLastsLongerThanAWeek() {
        coolDowns.limited("a", Duration.ofMillis(Long.MAX_VALUE));

        assertThat(coolDowns.left("a")).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void remembersNoMoreThanSoManyAgents() {
        fails(3);
        IntStream.range(0, CoolDowns.REMEMBERED).forEach(other -> coolDowns.failed("other-" + other));

        assertThat(coolDowns.isLeftAlone("a")).isFalse();
    }

    @Test
    void saysEachTimeInOneLineWhoIsLeftAloneHowLongAndWhy() {
        fails(5);
        coolDowns.limited("b", Duration.ofHours(1));
        coolDowns.limited("b", Duration.ofHours(1));

        assertThat(log.lines())
                .containsExactly(
                        "WARN Agent left alone for a while: it keeps failing before its first word",
                        "WARN Agent left alone for a while: its account has reached a limit");
        assertThat(log.events().get(1).getKeyValuePairs())
                .extracting(String::valueOf)
                .containsExactly("agent=\"b\"", "seconds=\"3600\"");
    }

    private void fails(int times) {
        IntStream.range(0, times).forEach(time -> coolDowns.failed("a"));
    }

    private void passes(Duration time) {
        now += time.toNanos();
    }
}
