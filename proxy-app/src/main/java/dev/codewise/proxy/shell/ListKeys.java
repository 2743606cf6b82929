package dev.codewise.proxy.shell;

import dev.codewise.proxy.access.ApiKey;
import dev.codewise.proxy.access.Keys;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists keys, the newest first. */
@Command(name = "list", header = "Lists keys, the newest first; none of their secrets.")
final class ListKeys implements Runnable {

    private final Place place;

    @Mixin
    private Output output;

    @Option(names = "--all", description = "Also those that are revoked or have expired.")
    private boolean all;

    ListKeys(Place place) {
        this.place = place;
    }

    @Override
    public void run() {
        List<ApiKey> keys = place.ask(
                database -> Keys.in(database).all().filter(this::isWanted).collectList());
        output.result(Map.of("keys", keys), table(keys));
    }

    private boolean isWanted(ApiKey key) {
        return all || state(key).equals("good");
    }

    private static String table(List<ApiKey> keys) {
        var table = new Table("ID", "OWNER", "NAME", "SCOPES", "MADE", "LAST USED", "EXPIRES", "STATE");
        keys.forEach(key -> add(key, table));
        return table.toString();
    }

    private static void add(ApiKey key, Table table) {
        table.row(
                key.id(),
                key.owner(),
                key.name(),
                String.join(" ", key.scopes()),
                Table.time(key.createdAt()),
                Table.time(key.lastUsedAt()),
                Table.time(key.expiresAt()),
                state(key));
    }

    private static String state(ApiKey key) {
        if (key.revokedAt() != null) {
            return "revoked";
        }
        return key.expiresAt() == null || key.expiresAt().isAfter(Instant.now()) ? "good" : "expired";
    }
}
