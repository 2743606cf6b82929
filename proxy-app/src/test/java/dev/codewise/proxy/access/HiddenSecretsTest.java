package dev.codewise.proxy.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.probe.ProbeProxy;
import dev.codewise.probe.RawHttp;
import dev.codewise.proxy.CapturedLog;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HiddenSecretsTest {

    private static final String CANARY = "canary";

    @Test
    void neverShowUpInLogsOrAnswers() {
        try (var log = CapturedLog.ofAnybody();
                var proxy = ProbeProxy.start("codewise.access.api-key=" + ProbeProxy.API_KEY)) {

            String answers = everyAnswer(proxy.http()) + everyAnswer(proxy.management());

            assertThat(answers).contains(" 200 OK", " 401 ", " 404 ", " 500 ").doesNotContain(CANARY);
            assertThat(log.events()).hasSizeGreaterThan(100);
            assertThat(log.events().stream()
                            .map(event -> event.getFormattedMessage() + event.getKeyValuePairs())
                            .filter(line -> line.contains(CANARY))
                            .collect(Collectors.toList()))
                    .isEmpty();
            assertThat(proxy.bean(AccessProperties.class).toString())
                    .contains("***")
                    .doesNotContain(CANARY);
        }
    }

    private static String everyAnswer(RawHttp http) {
        var answers = new StringBuilder();
        for (String path : new String[] {
            "/v1/models",
            "/api/broken",
            "/api/agent/connect",
            "/cellar",
            "/actuator/env",
            "/actuator/info",
            "/actuator/prometheus"
        }) {
            answers.append(http.get(path, "Authorization: Bearer " + ProbeProxy.API_KEY)
                    .text());
            answers.append(http.get(path, "Authorization: Bearer " + ProbeProxy.AGENT_SECRET)
                    .text());
            answers.append(
                    http.get(path, "x-api-key: " + ProbeProxy.API_KEY + "x").text());
        }
        return answers.toString();
    }
}
