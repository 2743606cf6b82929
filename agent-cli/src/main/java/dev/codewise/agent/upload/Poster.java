package dev.codewise.agent.upload;

import dev.codewise.protocol.AgentMessage;
import dev.codewise.protocol.Protocol;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/** Posts messages to the proxy, whole or line by line, and says what came of it. */
public final class Poster {

    private final HttpClient http;
    private final HttpRequest template;
    private final JsonMapper json = new JsonMapper();
    private final Answers answers = new Answers();

    /** The instance is this start of the program; a proxy that knows of none does not mind it. */
    public Poster(HttpClient http, URI responses, String secret, String agentId, String instance) {
        this.http = http;
        this.template = HttpRequest.newBuilder(responses)
                .timeout(Answers.PATIENCE)
                .header("Authorization", "Bearer " + secret)
                .header(Protocol.AGENT_ID, agentId)
                .header(Protocol.LEVEL, Integer.toString(Protocol.VERSION))
                .header(Protocol.INSTANCE, instance)
                .POST(BodyPublishers.noBody())
                .build();
    }

    Reply post(AgentMessage message) throws InterruptedException {
        var request = HttpRequest.newBuilder(template, (name, value) -> true)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(message)))
                .build();
        answers.said();
        return answers.await(http.sendAsync(request, response -> new BoundedBody()));
    }

    /** Begins a POST to which lines are added one by one. */
    LivePost stream(String requestId) {
        var body = new LiveBody();
        var request = HttpRequest.newBuilder(template, (name, value) -> true)
                .header("Content-Type", "application/x-ndjson")
                .header(Protocol.REQUEST_ID, requestId)
                .POST(BodyPublishers.fromPublisher(body))
                .build();
        return new LivePost(body, http.sendAsync(request, response -> new BoundedBody()), answers);
    }

    byte[] line(AgentMessage message) {
        var line = new ByteArrayOutputStream();
        line.writeBytes(json.writeValueAsBytes(message));
        line.write('\n');
        return line.toByteArray();
    }

    /** For how long nothing has been said to the proxy. */
    Duration silence() {
        return answers.silence();
    }
}
