package dev.codewise.agent.cli;

import dev.codewise.agent.claude.ParkingRoom;
import dev.codewise.agent.run.Admission;
import java.net.URI;
import java.util.List;

/** Everything a user can set, checked. */
record AgentSettings(
        Proxy proxy,
        String claude,
        int maxConcurrency,
        int warm,
        ParkingRoom parking,
        List<String> models,
        Admission admission) {

    AgentSettings {
        models = List.copyOf(models);
    }

    /** Where the proxy is, and as whom to speak to it. */
    record Proxy(URI url, String secret, String agentId) {

        /** The address may have a path of its own, with or without a slash behind it. */
        URI endpoint(String path) {
            return URI.create(url.toString().replaceAll("/+$", "") + path);
        }

        /** Never the secret. */
        @Override
        public String toString() {
            return "Proxy[" + url + ", " + agentId + "]";
        }
    }
}
