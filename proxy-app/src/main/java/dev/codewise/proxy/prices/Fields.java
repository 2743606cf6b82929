package dev.codewise.proxy.prices;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** What is written under one name in a file of prices. Every complaint names the file and the line, and says what to write. */
final class Fields {

    private static final Pattern DOLLARS = Pattern.compile("\\d{1,6}(?:\\.\\d{1,9})?");
    private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,11}");

    private final String file;
    private final String name;
    private final Node node;
    private final Map<String, Node> values = new LinkedHashMap<>();

    private Fields(String file, String name, Node node) {
        this.file = file;
        this.name = name;
        this.node = node;
    }

    static Fields of(String file, String name, Node node) {
        var fields = new Fields(file, name, node);
        if (!(node instanceof MappingNode mapping)) {
            throw fields.wrong(node, " must hold names with a value each");
        }
        mapping.getValue().forEach(fields::add);
        return fields;
    }

    private void add(NodeTuple field) {
        String key = text(field.getKeyNode());
        if (values.put(key, field.getValueNode()) != null) {
            throw wrong(field.getKeyNode(), " has \"" + key + "\" twice: leave one of them out");
        }
    }

    /** A field that is none may be one that is spelt wrong. */
    Fields only(Set<String> known) {
        values.forEach(
                (key, value) -> check(known.contains(key), value, " has \"" + key + "\": there are only " + known));
        return this;
    }

    Set<String> names() {
        return values.keySet();
    }

    Fields under(String key) {
        return of(file, key, value(key, "write it"));
    }

    @Nullable
    Fields underIfThere(String key) {
        Node value = values.get(key);
        return value == null ? null : of(file, key, value);
    }

    BigDecimal dollars(String key) {
        return new BigDecimal(matching(key, DOLLARS, "what a million tokens cost in US dollars, such as 15 or 0.25"));
    }

    long count(String key) {
        return Long.parseLong(matching(key, COUNT, "a number of tokens, such as 100000"));
    }

    String matching(String key, Pattern form, String what) {
        Node value = value(key, "write " + what);
        String text = text(value);
        check(form.matcher(text).matches(), value, ": \"" + key + "\" must be " + what);
        return text;
    }

    private Node value(String key, String cure) {
        Node value = values.get(key);
        if (value == null) {
            throw wrong(node, " has no \"" + key + "\": " + cure);
        }
        return value;
    }

    private void check(boolean right, Node where, String complaint) {
        if (!right) {
            throw wrong(where, complaint);
        }
    }

    private static String text(Node value) {
        return value instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private IllegalArgumentException wrong(Node where, String complaint) {
        int line = where.getStartMark().getLine() + 1;
        return new IllegalArgumentException(file + ", line " + line + ": " + name + complaint + ".");
    }
}
