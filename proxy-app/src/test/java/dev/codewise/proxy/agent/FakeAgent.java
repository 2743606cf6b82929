package dev.codewise.proxy.agent;

import dev.codewise.protocol.Protocol;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An agent that speaks the protocol over real HTTP and does what the test tells it, well-behaved or not.
 *
 * <pre>{@code
 * try (var agent = FakeAgent.named("laptop-1").connectTo(proxy)) {
 *     var run = agent.takes();
 *     run.says("Hel");
 *     run.says("lo");
 *     run.finishes();
 * }
 * }</pre>
 */
public final class FakeAgent implements AutoCloseable {

    public static final String SECRET = "a-secret-that-agents-share";

    private static final String FEATURES = "seq,batch,ndjson,cancel,heartbeat,resume,drain,of-later";
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AgentScript script;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final BlockingQueue<SentEvent> events = new LinkedBlockingQueue<>();
    private final URI proxy;
    private final InputStream stream;
    private final Thread reader;
    private JsonNode greeting = JSON.nullNode();

    /** One event as it came over the wire. */
    public record SentEvent(String name, JsonNode data) {}

    private FakeAgent(AgentScript script, URI proxy, HttpResponse<InputStream> connection) {
        this.script = script;
        this.proxy = proxy;
        this.stream = connection.body();
        this.reader = new Thread(this::read, "fake-agent-" + script.id());
        reader.setDaemon(true);
        reader.start();
    }

    public static AgentScript named(String id) {
        return new AgentScript(id, null, null, SECRET, null);
    }

    /** What an agent says of itself when it connects. */
    public record AgentScript(
            String id,
            @Nullable Integer slots,
            @Nullable String models,
            String secret,
            @Nullable String instance) {

        public AgentScript slots(int count) {
            return new AgentScript(id, count, models, secret, instance);
        }

        public AgentScript offering(String list) {
            return new AgentScript(id, slots, list, secret, instance);
        }

        public AgentScript secret(String other) {
            return new AgentScript(id, slots, models, other, instance);
        }

        /** Speaks level 1, and each start made with this script is the same one. */
        public AgentScript level1() {
            return new AgentScript(id, slots, models, secret, UUID.randomUUID().toString());
        }

        /** Connects, and returns once the proxy has said that it is. */
        public FakeAgent connectTo(URI proxy) throws Exception {
            HttpResponse<InputStream> answer = knock(proxy);
            if (answer.statusCode() != 200) {
                throw new IOException("refused with " + answer.statusCode());
            }
            var agent = new FakeAgent(this, proxy, answer);
            agent.greeting = agent.awaitEvent("connected").data();
            return agent;
        }

        private Map<String, String> level() {
            return instance == null
                    ? Map.of()
                    : Map.of(Protocol.LEVEL, "1", Protocol.INSTANCE, instance, Protocol.FEATURES, FEATURES);
        }

        /** The bare answer to an attempt to connect. */
        public HttpResponse<InputStream> knock(URI proxy) throws Exception {
            HttpRequest.Builder request = HttpRequest.newBuilder(proxy.resolve(Protocol.CONNECT_PATH))
                    .header("Authorization", "Bearer " + secret)
                    .header(Protocol.AGENT_ID, id);
            if (slots != null) {
                request.header(Protocol.MAX_CONCURRENCY, slots.toString());
            }
            if (models != null) {
                request.header(Protocol.MODELS, models);
            }
            level().forEach(request::header);
            return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
        }
    }

    /** Waits for the next request, passing over everything else. */
    public FakeRun takes() throws InterruptedException {
        return new FakeRun(awaitEvent("request").data());
    }

    /** What the proxy said first. */
    public JsonNode greeting() {
        return greeting;
    }

    public SentEvent awaitEvent(String name) throws InterruptedException {
        for (SentEvent event = next(); ; event = next()) {
            if (event.name().equals(name)) {
                return event;
            }
            if (event.name().equals("end")) {
                throw new AssertionError("the stream ended before \"" + name + "\" came");
            }
        }
    }

    /** Waits until the proxy has ended the stream. */
    public void awaitEnd() throws InterruptedException {
        for (SentEvent event = next(); !event.name().equals("end"); event = next()) {
            // what came before the end does not matter here
        }
    }

    private SentEvent next() throws InterruptedException {
        SentEvent event = events.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (event == null) {
            throw new AssertionError("nothing came for " + PATIENCE);
        }
        return event;
    }

    public boolean hasUnreadRequest() {
        return events.stream().anyMatch(event -> event.name().equals("request"));
    }

    /** Drops the stream without a word. */
    public void hangsUp() throws IOException {
        stream.close();
    }

    @Override
    public void close() throws IOException {
        hangsUp();
    }

    /** Posts whatever body under this agent's name, and returns the answer. */
    public HttpResponse<String> posts(String body) throws Exception {
        return posts(body, "application/json");
    }

    public HttpResponse<String> posts(String body, String contentType) throws Exception {
        HttpRequest.Builder request = post(body).header(Protocol.AGENT_ID, script.id());
        script.level().forEach(request::header);
        return http.send(request.setHeader("Content-Type", contentType).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder post(String body) {
        return HttpRequest.newBuilder(proxy.resolve(Protocol.RESPONSE_PATH))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + script.secret())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    /** Posts a message, and reads the answer as a program would. */
    public Answer tells(String json) throws Exception {
        HttpResponse<String> answer = posts(json);
        return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
    }

    /** The proxy's answer to a POST. */
    public record Answer(int status, JsonNode body) {

        public long nextSeq() {
            return body.path("nextSeq").asLong(-1);
        }

        public boolean isDuplicate() {
            return body.path("duplicate").asBoolean(false);
        }

        public String code() {
            return body.path("error").path("code").asString("");
        }
    }

    /** Begins a POST that streams the messages of one run. */
    public FakeUpload streams(String requestId) throws IOException {
        var headers = new TreeMap<>(script.level());
        headers.put("Authorization", "Bearer " + script.secret());
        headers.put(Protocol.AGENT_ID, script.id());
        headers.put(Protocol.REQUEST_ID, requestId);
        return FakeUpload.begin(proxy, headers);
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            String name = "message";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event:")) {
                    name = line.substring("event:".length()).strip();
                } else if (line.startsWith("data:")) {
                    events.add(new SentEvent(name, JSON.readTree(line.substring("data:".length()))));
                }
            }
        } catch (IOException e) {
            // the stream was cut, by one side or the other
        } finally {
            events.add(new SentEvent("end", JSON.nullNode()));
        }
    }

    /** One request as this agent has it, and what the agent does with it; each word returns the status of its POST. */
    public final class FakeRun {

        private final JsonNode request;

        private FakeRun(JsonNode request) {
            this.request = request;
        }

        /** The same run as this agent knows it on another connection. */
        public FakeRun goingOn(FakeAgent connection) {
            return connection.new FakeRun(request);
        }

        public JsonNode request() {
            return request;
        }

        public String id() {
            return request.get("requestId").asString();
        }

        public int says(String text) throws Exception {
            return post(JSON.createObjectNode().put("type", "chunk").put("content", text));
        }

        /** As an agent of level 0 may, whom the request's id alone makes known. */
        public int saysWithoutAName(String text) throws Exception {
            String body = JSON.createObjectNode()
                    .put("type", "chunk")
                    .put("requestId", id())
                    .put("content", text)
                    .toString();
            return http.send(FakeAgent.this.post(body).build(), BodyHandlers.ofString())
                    .statusCode();
        }

        public Answer says(long seq, String text) throws Exception {
            return tells(chunk(seq, text));
        }

        public Answer finishes(long seq) throws Exception {
            return tells(complete(seq));
        }

        public Answer probes() throws Exception {
            return tells(JSON.createObjectNode()
                    .put("type", "probe")
                    .put("requestId", id())
                    .toString());
        }

        /** Several messages in one POST. */
        public Answer tellsAtOnce(String... messages) throws Exception {
            return tells("{\"messages\":[" + String.join(",", messages) + "]}");
        }

        public String chunk(long seq, String text) {
            return JSON.createObjectNode()
                    .put("type", "chunk")
                    .put("requestId", id())
                    .put("seq", seq)
                    .put("content", text)
                    .toString();
        }

        public String complete(long seq) {
            return JSON.createObjectNode()
                    .put("type", "complete")
                    .put("requestId", id())
                    .put("seq", seq)
                    .toString();
        }

        public int finishes() throws Exception {
            return post(JSON.createObjectNode().put("type", "complete"));
        }

        /** Finishes with everything an agent can know at the end, given as JSON members. */
        public int finishes(String members) throws Exception {
            var message = JSON.createObjectNode().put("type", "complete");
            JSON.readTree("{" + members + "}").properties().forEach(e -> message.set(e.getKey(), e.getValue()));
            return post(message);
        }

        public int fails(String code, String message) throws Exception {
            var error = JSON.createObjectNode().put("code", code).put("message", message);
            return post(JSON.createObjectNode().put("type", "error").set("error", error));
        }

        private int post(tools.jackson.databind.node.ObjectNode message) throws Exception {
            return posts(message.put("requestId", id()).toString()).statusCode();
        }
    }
}
