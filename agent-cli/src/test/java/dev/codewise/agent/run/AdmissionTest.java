package dev.codewise.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.fixtures.MovedClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {

    private final MovedClock clock = new MovedClock(Instant.parse("2026-01-01T08:59:59Z"));

    @Test
    void refusesOutsideOfItsHours() {
        var admission = new Admission(new WorkingHours(9, 18), 0, clock);

        assertThat(admission.refusal()).hasValue("this agent takes no work at this hour");
        clock.moves(Duration.ofSeconds(1));
        assertThat(admission.refusal()).isEmpty();
        clock.moves(Duration.ofHours(9));
        assertThat(admission.refusal()).isPresent();
    }

    @Test
    void refusesWhatIsTooMuchForAnyHour() {
        var admission = new Admission(WorkingHours.ALWAYS, 2, clock);

        admission.count();
        clock.moves(Duration.ofMinutes(30));
        assertThat(admission.refusal()).isEmpty();
        admission.count();

        assertThat(admission.refusal()).hasValue("this agent has taken its 2 requests of an hour");
        clock.moves(Duration.ofMinutes(30));
        assertThat(admission.refusal()).isEmpty();
        admission.count();
        assertThat(admission.refusal()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "9-18, 08:59, false", "9-18, 09:00, true", "9-18, 17:59, true", "9-18, 18:00, false",
        "22-6, 21:59, false", "22-6, 23:00, true", "22-6, 05:59, true", "22-6, 06:00, false",
        "0-24, 00:00, true", "18-24, 23:59, true", "18-24, 00:00, false",
    })
    void knowsItsHours(String hours, LocalTime time, boolean isWithin) {
        assertThat(WorkingHours.parse(hours).orElseThrow().contain(time)).isEqualTo(isWithin);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9", "9-", "9-25", "24-6", "9-9", "9:30-18", "-1-5", "999-1"})
    void doesNotTakeWhatAreNoHours(String hours) {
        assertThat(WorkingHours.parse(hours)).isEmpty();
    }
}
