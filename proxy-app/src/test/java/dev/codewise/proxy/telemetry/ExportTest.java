package dev.codewise.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.fixtures.ApiAnswer;
import dev.codewise.fixtures.ApiUsage;
import dev.codewise.fixtures.FakeAnthropic;
import dev.codewise.proxy.database.TestDatabase;
import dev.codewise.proxy.status.ProxyStart;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What is sent of a stream, of a refusal and of a failure; the proxy sends the rest of it when it stops. */
@TestInstance(Lifecycle.PER_CLASS)
class ExportTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String KEY = "a-key-for-the-clients";
    private static final String CLIENT_SPAN = "00f067aa0ba902b7";

    private final HttpClient http = HttpClient.newHttpClient();
    private OtlpReceiver receiver;
    private String streamed;
    private String unknown;

    @BeforeAll
    void askStopAndCollect() throws Exception {
        receiver = OtlpReceiver.start();
        try (var anthropic = FakeAnthropic.start();
                var proxy = ProxyStart.with(Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        receiver.url().toString(),
                        "OTEL_EXPORTER_OTLP_HEADERS",
                        "authorization=Bearer%20for-the-collector",
                        "DATABASE_URL",
                        TestDatabase.fresh().url(),
                        "CODEWISE_API_KEY",
                        KEY,
                        "ANTHROPIC_API_KEY",
                        "made-up-for-a-test",
                        "ANTHROPIC_BASE_URL",
                        anthropic.baseUrl().toString()))) {
            anthropic.next(ApiAnswer.says("dragon", "fruit").uses(new ApiUsage(10, 5, 100, 7)));
            streamed = ask(proxy, "sonnet", "00-" + TRACE + "-" + CLIENT_SPAN + "-01");
            unknown = ask(proxy, "gpt-9-of-a-client", "rubbish");
        }
    }

    @AfterAll
    void close() {
        receiver.close();
    }

    @Test
    void tracesAStreamToItsEndBelowTheSpanOfItsClient() {
        Span request = span("POST /v1/chat/completions", streamed);
        Span completion = span("chat sonnet", streamed);

        assertThat(hex(request.getTraceId().toByteArray())).isEqualTo(TRACE);
        assertThat(hex(request.getParentSpanId().toByteArray())).isEqualTo(CLIENT_SPAN);
        assertThat(request.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(attributes(request))
                .containsEntry("http.request.method", "POST")
                .containsEntry("http.route", "/v1/chat/completions")
                .containsEntry("http.response.status_code", "200");
        assertThat(completion.getTraceId()).isEqualTo(request.getTraceId());
        assertThat(completion.getParentSpanId()).isEqualTo(request.getSpanId());
        assertThat(completion.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(completion.getStartTimeUnixNano()).isLessThan(completion.getEndTimeUnixNano());
        assertThat(completion.getEventsList()).extracting(Span.Event::getName).containsExactly("codewise.first_piece");
    }

    @Test
    void saysOfACompletionWhatTheConventionsAskFor() {
        assertThat(attributes(span("chat sonnet", streamed)))
                .containsEntry("gen_ai.operation.name", "chat")
                .containsEntry("gen_ai.provider.name", "anthropic")
                .containsEntry("gen_ai.request.model", "sonnet")
                .containsKey("gen_ai.response.model")
                .containsEntry("gen_ai.response.finish_reasons", "[stop]")
                .containsEntry("gen_ai.usage.input_tokens", "117")
                .containsEntry("gen_ai.usage.output_tokens", "5")
                .containsEntry("gen_ai.usage.cache_read.input_tokens", "100")
                .containsEntry("gen_ai.usage.cache_creation.input_tokens", "7")
                .containsEntry("codewise.provider", "anthropic")
                .doesNotContainKey("error.type");
    }

    @Test
    void beginsATraceOfItsOwnWhereTheClientHasNone() {
        Span request = span("POST /v1/chat/completions", unknown);
        Span completion = span("chat other", unknown);

        assertThat(request.getParentSpanId()).isEmpty();
        assertThat(attributes(request)).containsEntry("http.response.status_code", "404");
        assertThat(completion.getParentSpanId()).isEqualTo(request.getSpanId());
        assertThat(completion.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        assertThat(attributes(completion))
                .containsEntry("error.type", "unknown_model")
                .containsEntry("gen_ai.request.model", "gpt-9-of-a-client");
    }

    @Test
    void measuresEachRequestOnceInTheUnitsOfTheConventions() {
        Metric durations = metric("gen_ai.client.operation.duration");
        Metric tokens = metric("gen_ai.client.token.usage");

        assertThat(durations.getUnit()).isIn("s", "seconds");
        assertThat(durations.getHistogram().getDataPointsList())
                .extracting(HistogramDataPoint::getCount)
                .containsExactly(1L, 1L);
        assertThat(durations.getHistogram().getDataPoints(0).getExplicitBoundsList())
                .startsWith(0.01, 0.02)
                .endsWith(81.92);
        assertThat(labelsOf(durations))
                .anySatisfy(labels -> assertThat(labels)
                        .containsEntry("gen_ai.request.model", "sonnet")
                        .doesNotContainKey("error.type"))
                .anySatisfy(labels -> assertThat(labels)
                        .containsEntry("gen_ai.request.model", "other")
                        .containsEntry("error.type", "unknown_model")
                        .doesNotContainKey("gen_ai.response.model"));
        assertThat(tokens.getUnit()).isEqualTo("{token}");
        assertThat(tokens.getHistogram().getDataPointsList())
                .extracting(HistogramDataPoint::getSum)
                .containsExactlyInAnyOrder(117.0, 5.0);
        assertThat(receiver.metrics())
                .containsKeys("gen_ai.server.time_to_first_token", "gen_ai.server.time_per_output_token")
                .containsKeys("codewise.requests", "codewise.database.up");
    }

    @Test
    void saysNotAWordOfWhatWasSaid() {
        assertThat(receiver.spans().stream().map(Span::getSpanId).distinct()).hasSize(4);
        assertThat(receiver.text()).doesNotContain("secret-question", "dragon", "made-up-for-a-test", KEY);
        assertThat(receiver.authorizations()).containsExactly("Bearer for-the-collector");
    }

    private Metric metric(String name) {
        return Optional.ofNullable(receiver.metrics().get(name)).orElseThrow();
    }

    private Span span(String name, String requestId) {
        List<Span> found = receiver.spans().stream()
                .filter(span -> span.getName().equals(name))
                .filter(span -> requestId.equals(attributes(span).get("codewise.request.id")))
                .toList();
        assertThat(found)
                .as("%s of %s in %s", name, requestId, receiver.spans())
                .hasSize(1);
        return found.get(0);
    }

    private static List<Map<String, String>> labelsOf(Metric metric) {
        return metric.getHistogram().getDataPointsList().stream()
                .map(point -> map(point.getAttributesList()))
                .toList();
    }

    private static Map<String, String> attributes(Span span) {
        return map(span.getAttributesList());
    }

    private static Map<String, String> map(List<KeyValue> attributes) {
        return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, each -> text(each.getValue())));
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> String.valueOf(value.getIntValue());
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .map(ExportTest::text)
                        .toList()
                        .toString();
            default -> value.toString();
        };
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private String ask(ProxyStart proxy, String model, String traceparent) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + proxy.port() + "/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + KEY)
                .header("traceparent", traceparent)
                .POST(BodyPublishers.ofString("{\"model\":\"" + model
                        + "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"secret-question\"}]}"))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        return answer.headers().firstValue("x-request-id").orElseThrow();
    }
}
