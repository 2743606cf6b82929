package dev.codewise.proxy.prices;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Where the operator keeps prices of their own, if anywhere. Text, as Spring looks for a relative path among the classes first. */
@ConfigurationProperties("codewise.prices")
record PricesProperties(@DefaultValue("") String file) {

    PriceFile prices() {
        return file.isEmpty() ? PriceFile.builtIn() : PriceFile.at(path());
    }

    private Path path() {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "CODEWISE_PRICES=" + file + " is no path: use one such as /etc/codewise/prices.yaml.", e);
        }
    }
}
