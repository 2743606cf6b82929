package dev.codewise.proxy.openai;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The models to choose from as Anthropic's clients read them, always on one page. */
@JsonNaming(SnakeCaseStrategy.class)
record AnthropicModels(
        List<Model> data,
        boolean hasMore,
        @Nullable String firstId,
        @Nullable String lastId) {

    /** One of them; its time says nothing and never changes. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Model(String type, String id, String displayName, String createdAt) {

        static Model named(String id) {
            return new Model("model", id, id, "2025-01-01T00:00:00Z");
        }
    }

    /** There is none where a key may only ask what nobody offers now. */
    static AnthropicModels named(List<String> ids) {
        return new AnthropicModels(
                ids.stream().map(Model::named).toList(),
                false,
                ids.isEmpty() ? null : ids.get(0),
                ids.isEmpty() ? null : ids.get(ids.size() - 1));
    }
}
