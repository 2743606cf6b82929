package dev.codewise.proxy.shell;

import dev.codewise.proxy.access.ApiKey;
import dev.codewise.proxy.access.Keys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Revokes a key. */
@Command(name = "revoke", header = "Revokes a key, for good; it opens nothing a second later.")
final class RevokeKey implements Runnable {

    private final Place place;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "ID", description = "Which: the part behind cwk_, as keys list shows it.")
    private String id;

    RevokeKey(Place place) {
        this.place = place;
    }

    @Override
    public void run() {
        ApiKey key = place.ask(database -> Keys.in(database).revoke(place.actor(), id));
        output.result(key, "Key " + key.id() + " (" + key.name() + ", of " + key.owner() + ") is revoked.");
    }
}
