package dev.codewise.proxy.limits;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** How long a budget is for; its days and months are those of UTC. */
enum Spell {
    DAY,
    MONTH;

    /** When the one began in which that is. */
    Instant beginning(Instant time) {
        return midnight(first(time));
    }

    /** When the next one begins. */
    Instant end(Instant time) {
        LocalDate first = first(time);
        return midnight(
                switch (this) {
                    case DAY -> first.plusDays(1);
                    case MONTH -> first.plusMonths(1);
                });
    }

    private LocalDate first(Instant time) {
        LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
        return switch (this) {
            case DAY -> day;
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    @Override
    public String toString() {
        return switch (this) {
            case DAY -> "day";
            case MONTH -> "month";
        };
    }
}
