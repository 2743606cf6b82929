package dev.codewise.proxy.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.probe.RawHttp;
import dev.codewise.probe.RawHttp.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An operator who looks after keys, with the key that lets them. */
record Admin(RawHttp http, String credential) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Makes one for asking models, as soon as the database is there. */
    String key(String name, String owner) {
        return made("{\"name\":\"" + name + "\",\"owner\":\"" + owner + "\"}")
                .path("key")
                .asString();
    }

    JsonNode made(String wish) {
        Reply reply = await().until(() -> send("POST", "", wish), answer -> answer.status() < 500);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return json(reply);
    }

    Reply send(String method, String path, String body) {
        return http.send(
                method,
                "/api/admin/keys" + path,
                body,
                "Content-Type: application/json",
                "Authorization: Bearer " + credential);
    }

    JsonNode seen(String id) {
        Reply reply = http.get("/api/admin/keys/" + id, "Authorization: Bearer " + credential);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return json(reply);
    }

    static JsonNode json(Reply reply) {
        String body = reply.body();
        return JSON.readTree(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1));
    }
}
