package dev.codewise.proxy.shell;

import dev.codewise.proxy.access.ApiKey;
import dev.codewise.proxy.access.Keys;
import dev.codewise.proxy.access.Keys.Made;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes a key. It is all there is on stdout, so that a script can take it from there. */
@Command(
        name = "create",
        header = "Makes a key and prints it, this once.",
        footerHeading = "%nExample:%n",
        footer = "  keys create --name ci --owner alice --scope completions --expires-at 2030-12-31T00:00:00Z")
final class CreateKey implements Runnable {

    private static final JsonMapper JSON = new JsonMapper();

    private final Place place;

    @Mixin
    private Output output;

    @Option(names = "--name", required = true, description = "What the key is for.")
    private String name;

    @Option(names = "--owner", required = true, description = "Whose it is; an owner is made by being named.")
    private String owner;

    @Option(
            names = "--scope",
            split = ",",
            description = "What it opens: completions (this, if nothing is said), agents:read, admin."
                    + " May be given several times.")
    private @Nullable List<String> scopes;

    @Option(
            names = "--model",
            split = ",",
            description = "A model that it may ask; every one, if nothing is said. May be given several times.")
    private @Nullable List<String> models;

    @Option(names = "--expires-at", description = "When it ends, such as 2030-12-31T00:00:00Z; else never.")
    private @Nullable String expiresAt;

    CreateKey(Place place) {
        this.place = place;
    }

    @Override
    public void run() {
        Made made = place.ask(database -> Keys.in(database).make(place.actor(), wish()));
        output.result(told(made), made.text());
        output.remark("This is key " + made.key().id() + " (" + described(made.key()) + "). It is shown this once.");
    }

    /** As a client of the admin API would send it, so that both are judged by the same rules. */
    private JsonNode wish() {
        ObjectNode wish = JSON.createObjectNode().put("name", name).put("owner", owner);
        if (scopes != null) {
            scopes.forEach(wish.putArray("scopes")::add);
        }
        if (models != null) {
            models.forEach(wish.putArray("models")::add);
        }
        if (expiresAt != null) {
            wish.put("expiresAt", expiresAt);
        }
        return wish;
    }

    static ObjectNode told(Made made) {
        ObjectNode told = JSON.createObjectNode().put("key", made.text());
        told.setAll((ObjectNode) JSON.valueToTree(made.key()));
        return told;
    }

    private static String described(ApiKey key) {
        return key.name() + ", of " + key.owner() + ", for " + String.join(" ", key.scopes());
    }
}
