package dev.codewise.agent.run;

import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** The hours of a day in which work is taken, in the time of this machine; they may go on past midnight. */
public record WorkingHours(int from, int to) {

    public static final WorkingHours ALWAYS = new WorkingHours(0, 24);

    private static final Pattern SHAPE = Pattern.compile("\\s*(\\d{1,2})\\s*-\\s*(\\d{1,2})\\s*");

    /** Such as {@code 9-18}, which ends at 18:00, or {@code 22-6}. */
    public static Optional<WorkingHours> parse(String text) {
        var shape = SHAPE.matcher(text);
        return shape.matches()
                ? Optional.of(new WorkingHours(Integer.parseInt(shape.group(1)), Integer.parseInt(shape.group(2))))
                        .filter(WorkingHours::isPossible)
                : Optional.empty();
    }

    private boolean isPossible() {
        return from != to && from < 24 && to <= 24;
    }

    boolean contain(LocalTime time) {
        var hour = time.getHour();
        return from < to ? from <= hour && hour < to : hour >= from || hour < to;
    }
}
