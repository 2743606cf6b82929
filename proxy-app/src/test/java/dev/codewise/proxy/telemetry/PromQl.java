package dev.codewise.proxy.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One expression of Prometheus' language, read strictly: what is no expression is refused, and what it asks for is told. It knows as
 * much of the language as dashboards and rules need.
 */
final class PromQl {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<duration>\\d+(?:ms|[smhdwy]))|(?<number>\\d+(?:\\.\\d+)?)"
                    + "|(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)|(?<string>\"[^\"\\\\]*\")|(?<sign>=~|!~|==|!=|>=|<=|[-+*/><={}()\\[\\],]))");
    private static final Set<String> AGGREGATIONS = Set.of("sum", "min", "max", "avg", "count");
    private static final Set<String> FUNCTIONS = Set.of("rate", "increase", "histogram_quantile", "clamp_min");
    private static final Set<String> OPERATORS =
            Set.of("+", "-", "*", "/", "==", "!=", ">", "<", ">=", "<=", "and", "or", "unless");
    private static final Set<String> MATCHES = Set.of("=", "!=", "=~", "!~");

    private final List<String> tokens = new ArrayList<>();
    private final List<Selector> selectors = new ArrayList<>();
    private final Set<String> grouping = new TreeSet<>();
    private int at;

    /** A meter, and the labels by which it is narrowed down. */
    record Selector(String meter, Set<String> labels) {}

    private PromQl(String text) {
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (end < text.stripTrailing().length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw new IllegalArgumentException("unreadable from here: " + text.substring(end));
            }
            tokens.add(matcher.group().strip());
            end = matcher.end();
        }
    }

    static PromQl of(String text) {
        var query = new PromQl(text);
        query.expression();
        query.require(query.at == query.tokens.size(), "an end");
        return query;
    }

    List<Selector> selectors() {
        return selectors;
    }

    /** The labels by which anything is grouped. */
    Set<String> grouping() {
        return grouping;
    }

    private void expression() {
        operand();
        while (at < tokens.size() && OPERATORS.contains(tokens.get(at))) {
            at++;
            operand();
        }
    }

    private void operand() {
        String token = take();
        if (token.equals("(")) {
            expression();
            expect(")");
        } else if (AGGREGATIONS.contains(token)) {
            groups();
            arguments();
        } else if (FUNCTIONS.contains(token)) {
            arguments();
        } else if (!Character.isDigit(token.charAt(0))) {
            selector(token);
        }
    }

    private void groups() {
        if (peeks("by")) {
            at++;
            expect("(");
            grouping.addAll(names());
        }
    }

    private Set<String> names() {
        var names = new TreeSet<String>();
        do {
            names.add(name());
        } while (take().equals(","));
        at--;
        expect(")");
        return names;
    }

    private void arguments() {
        expect("(");
        do {
            expression();
        } while (take().equals(","));
        at--;
        expect(")");
    }

    private void selector(String meter) {
        require(Character.isLetter(meter.charAt(0)), "a meter");
        var labels = new TreeSet<String>();
        if (peeks("{")) {
            do {
                at++;
                labels.add(name());
                require(MATCHES.contains(take()), "a comparison");
                require(take().startsWith("\""), "a string");
            } while (peeks(","));
            expect("}");
        }
        if (peeks("[")) {
            at++;
            require(take().matches("\\d+[a-z]+"), "a duration");
            expect("]");
        }
        selectors.add(new Selector(meter, labels));
    }

    private String name() {
        String name = take();
        require(name.matches("[a-z_]\\w*"), "a name");
        return name;
    }

    private boolean peeks(String token) {
        return at < tokens.size() && tokens.get(at).equals(token);
    }

    private String take() {
        require(at < tokens.size(), "more");
        return tokens.get(at++);
    }

    private void expect(String token) {
        require(peeks(token), token);
        at++;
    }

    private void require(boolean isSo, String expected) {
        if (!isSo) {
            throw new IllegalArgumentException("expected " + expected + " at " + at + " of " + tokens);
        }
    }
}
