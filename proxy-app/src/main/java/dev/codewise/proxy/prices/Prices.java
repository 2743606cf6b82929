package dev.codewise.proxy.prices;

import dev.codewise.proxy.completion.ClaudeModels;
import dev.codewise.proxy.completion.CompletionEnded;
import dev.codewise.proxy.completion.ModelCatalogue;
import dev.codewise.proxy.completion.Usage;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the tokens of each model cost in US dollars; nothing is said of a model that is not in the table. */
public final class Prices {

    /** A release of a model costs what the model does: {@code claude-haiku-4-5-20251001}. */
    private static final Pattern DATE = Pattern.compile("-\\d{8}$");

    private final Map<String, Tariff> tariffs;
    private final ModelCatalogue models;

    Prices(Map<String, Tariff> tariffs, ModelCatalogue models) {
        this.tariffs = Map.copyOf(tariffs);
        this.models = models;
    }

    /** Those that come with the program. */
    public static Prices builtIn(ModelCatalogue models) {
        return new Prices(PriceFile.builtIn().tariffs(), models);
    }

    /** What so many tokens cost, under any name by which the model can be asked for. */
    public Optional<BigDecimal> of(String model, Usage usage) {
        return tariff(models.actual(model)).map(tariff -> tariff.of(usage));
    }

    /** What so many tokens cost where they cost most; nothing where nothing has a price. */
    public BigDecimal ofDearest(Usage usage) {
        return tariffs.values().stream()
                .map(tariff -> tariff.of(usage))
                .max(Comparator.naturalOrder())
                .orElse(BigDecimal.ZERO);
    }

    /** What a request has cost: as whoever answered it says, else by the table, where it is known how much it used. */
    public Optional<BigDecimal> of(CompletionEnded request) {
        return Optional.ofNullable(request.costUsd()).or(() -> counted(request));
    }

    /** What is asked for may be a name of the operator's; what answered is called what it is. */
    private Optional<BigDecimal> counted(CompletionEnded request) {
        String model = request.model();
        String name = model == null ? models.actual(request.askedModel()) : model;
        return Optional.ofNullable(request.usage())
                .flatMap(usage -> tariff(name).map(tariff -> tariff.of(usage)));
    }

    private Optional<Tariff> tariff(String model) {
        String name = ClaudeModels.fullName(model);
        return Optional.ofNullable(tariffs.get(name)).or(() -> released(name));
    }

    private Optional<Tariff> released(String name) {
        return Optional.ofNullable(tariffs.get(DATE.matcher(name).replaceFirst("")));
    }
}
