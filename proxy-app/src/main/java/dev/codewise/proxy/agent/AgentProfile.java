package dev.codewise.proxy.agent;

import dev.codewise.protocol.AgentFeature;
import dev.codewise.proxy.agent.reply.Assignee;
import dev.codewise.proxy.completion.CompletionException.Feature;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an agent says of itself when it connects; absent slots are unlimited, no models are all of them.
 *
 * @param instance which start of the agent this is; an agent of level 0 does not say
 */
record AgentProfile(
        String id,
        @Nullable Integer slots,
        List<String> models,
        @Nullable String version,
        @Nullable String cliVersion,
        @Nullable String instance,
        Set<AgentFeature> features) {

    AgentProfile {
        models = List.copyOf(models);
        features = Set.copyOf(features);
    }

    /** An agent of level 0. */
    AgentProfile(
            String id,
            @Nullable Integer slots,
            List<String> models,
            @Nullable String version,
            @Nullable String cliVersion) {
        this(id, slots, models, version, cliVersion, null, Set.of());
    }

    boolean offers(String model) {
        return models.isEmpty() || models.contains(model);
    }

    boolean can(AgentFeature feature) {
        return features.contains(feature);
    }

    /** Whether it can take all of what a request brings. */
    boolean takes(Set<Feature> needs) {
        return needs.stream().map(AgentProfile::neededFor).allMatch(this::can);
    }

    private static AgentFeature neededFor(Feature brought) {
        return switch (brought) {
            case TOOLS -> AgentFeature.TOOLS;
            case IMAGES, DOCUMENTS -> AgentFeature.MEDIA;
            case SCHEMA -> AgentFeature.SCHEMA;
        };
    }

    boolean speaksLevel1() {
        return instance != null;
    }

    /** Whether this is the same program as before, which has only connected anew. */
    boolean isSameInstanceAs(AgentProfile other) {
        return instance != null && assignee().equals(other.assignee());
    }

    /** Who may answer what is handed to it. */
    Assignee assignee() {
        return new Assignee(id, instance);
    }
}
