package dev.codewise.proxy.anthropic;

import dev.codewise.proxy.completion.Wishes;
import dev.codewise.proxy.completion.Wishes.Effort;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what the client wishes of the answer. */
final class Tuning {

    /** Up to so many tokens of thought are a low effort, up to so many a medium one. */
    private static final int LOW_BUDGET = 4_096;

    private static final int MEDIUM_BUDGET = 16_384;

    private Tuning() {}

    static Wishes of(Field body) {
        return new Wishes(
                body.member("max_tokens").positive(),
                body.member("temperature").fraction().orElse(null),
                body.member("top_p").fraction().orElse(null),
                body.member("stop_sequences").items().stream().map(Field::text).toList(),
                effort(body),
                schema(body.member("output_config").optionalObject().member("format")),
                body.member("metadata")
                        .optionalObject()
                        .member("user_id")
                        .optionalText()
                        .orElse(null));
    }

    /** An effort that is named counts for more than a budget. */
    private static @Nullable Effort effort(Field body) {
        Field effort = body.member("output_config").member("effort");
        return effort.isGiven()
                ? named(effort)
                : thinking(body.member("thinking")).orElse(null);
    }

    private static Effort named(Field effort) {
        return switch (effort.text()) {
            case "low" -> Effort.LOW;
            case "medium" -> Effort.MEDIUM;
            case "high", "xhigh" -> Effort.HIGH;
            case "max" -> Effort.MAX;
            default -> throw effort.wrong("must be low, medium, high, xhigh or max.");
        };
    }

    /** Adaptive thinking leaves it to the model, which is no wish. */
    private static Optional<Effort> thinking(Field thinking) {
        if (!thinking.isGiven()) {
            return Optional.empty();
        }
        Field type = thinking.object().member("type");
        return switch (type.text()) {
            case "adaptive" -> Optional.empty();
            case "disabled" -> Optional.of(Effort.NONE);
            case "enabled" -> Optional.of(worth(thinking.member("budget_tokens").positive()));
            default -> throw type.wrong("must be adaptive, enabled or disabled.");
        };
    }

    private static Effort worth(int budget) {
        if (budget <= LOW_BUDGET) {
            return Effort.LOW;
        }
        return budget <= MEDIUM_BUDGET ? Effort.MEDIUM : Effort.HIGH;
    }

    private static @Nullable JsonNode schema(Field format) {
        if (!format.isGiven()) {
            return null;
        }
        Field type = format.object().member("type");
        type.require("json_schema".equals(type.text()), "must be json_schema.");
        return format.member("schema").object().value();
    }
}
