package dev.codewise.proxy.shell;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows that people can read: columns one below the other, numbers to the right, nothing where there is nothing. */
final class Table {

    private static final String GAP = "  ";
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");
    static final String NOTHING = "-";
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... heads) {
        rows.add(List.of(heads));
    }

    void row(String... cells) {
        rows.add(Stream.of(cells).map(Table::printable).toList());
    }

    /** What a name says is for the reader, and nothing of it for the terminal. */
    private static String printable(String cell) {
        return UNPRINTABLE.matcher(cell).replaceAll("?");
    }

    /** In UTC. */
    static String time(@Nullable Instant time) {
        return time == null ? NOTHING : MINUTES.format(time);
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    @Override
    public String toString() {
        List<Integer> widths =
                IntStream.range(0, rows.get(0).size()).mapToObj(this::width).toList();
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining(System.lineSeparator()));
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private String line(List<String> row, List<Integer> widths) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> padded(column, row.get(column), widths.get(column)))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }

    private String padded(int column, String cell, int width) {
        String blanks = " ".repeat(width - cell.length());
        return isOfNumbers(column) ? blanks + cell : cell + blanks;
    }

    private boolean isOfNumbers(int column) {
        return rows.size() > 1
                && rows.stream().skip(1).allMatch(row -> row.get(column).matches("-|[0-9,.]+( [A-Z]{3})?"))
                && !rows.stream().skip(1).allMatch(row -> row.get(column).equals(NOTHING));
    }
}
