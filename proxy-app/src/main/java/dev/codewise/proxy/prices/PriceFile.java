package dev.codewise.proxy.prices;

import dev.codewise.proxy.prices.Tariff.Beyond;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** A file of prices, in YAML, so in JSON too, as of one day. It is read as a whole, or refused with what is wrong in it. */
record PriceFile(String date, Map<String, Tariff> tariffs) {

    private static final String BUILT_IN = "/prices/prices.yaml";
    private static final long LARGEST_FILE = 1024 * 1024;
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Set<String> PARTS = Set.of("date", "models");
    private static final Set<String> PRICE = Set.of("input", "output", "cacheRead", "cacheWrite");
    private static final Set<String> PRICE_OF_ALL = with(PRICE, "beyond");
    private static final Set<String> PRICE_BEYOND = with(PRICE, "tokens");

    private static Set<String> with(Set<String> names, String another) {
        var all = new TreeSet<>(names);
        all.add(another);
        return all;
    }

    /** The one that comes with the program. */
    static PriceFile builtIn() {
        try (InputStream file = Objects.requireNonNull(PriceFile.class.getResourceAsStream(BUILT_IN))) {
            return parse("prices.yaml of this program", new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The operator's own, in place of all that is built in. */
    static PriceFile at(Path path) {
        String name = "CODEWISE_PRICES=" + path;
        try {
            if (Files.size(path) > LARGEST_FILE) {
                throw new IllegalArgumentException(name + " is larger than 1 MB: a file of prices is not.");
            }
            return parse(name, Files.readString(path));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    name + " cannot be read as text: name a file of prices, or leave the variable out.", e);
        }
    }

    static PriceFile parse(String name, String text) {
        Fields all = Fields.of(name, "the file", root(name, text)).only(PARTS);
        Fields models = all.under("models");
        var tariffs = new TreeMap<String, Tariff>();
        models.names()
                .forEach(model -> tariffs.put(model, tariff(models.under(model).only(PRICE_OF_ALL))));
        return new PriceFile(all.matching("date", DAY, "the day of these prices, such as 2026-01-31"), tariffs);
    }

    private static Node root(String name, String text) {
        try {
            @Nullable Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (root == null) {
                throw new IllegalArgumentException(name + " is empty: write \"date\" and \"models\" into it.");
            }
            return root;
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new IllegalArgumentException(
                    name + ", line " + line + ": is neither YAML nor JSON: " + e.getProblem() + ".", e);
        } catch (YAMLException e) {
            String problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new IllegalArgumentException(name + " is neither YAML nor JSON: " + problem + ".", e);
        }
    }

    private static Tariff tariff(Fields model) {
        return new Tariff(price(model), beyond(model.underIfThere("beyond")));
    }

    private static @Nullable Beyond beyond(@Nullable Fields fields) {
        return fields == null ? null : new Beyond(fields.only(PRICE_BEYOND).count("tokens"), price(fields));
    }

    private static Price price(Fields fields) {
        return new Price(
                fields.dollars("input"),
                fields.dollars("output"),
                fields.dollars("cacheRead"),
                fields.dollars("cacheWrite"));
    }
}
