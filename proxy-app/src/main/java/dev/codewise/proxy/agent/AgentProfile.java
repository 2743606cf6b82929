package dev.codewise.proxy.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an agent says of itself when it connects; absent slots are unlimited, no models are all of them. */
record AgentProfile(
        String id,
        @Nullable Integer slots,
        List<String> models,
        @Nullable String version,
        @Nullable String cliVersion) {

    AgentProfile {
        models = List.copyOf(models);
    }

    boolean offers(String model) {
        return models.isEmpty() || models.contains(model);
    }
}
