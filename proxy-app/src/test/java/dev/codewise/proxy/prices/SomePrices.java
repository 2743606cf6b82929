package dev.codewise.proxy.prices;

import dev.codewise.proxy.completion.ModelCatalogue;
import java.util.Map;

/** Prices for tests of others. */
public final class SomePrices {

    private SomePrices() {}

    /** Those of a file with this text. */
    public static Prices of(String yaml) {
        return new Prices(PriceFile.parse("a file", yaml).tariffs(), new ModelCatalogue(Map.of()));
    }
}
