package dev.codewise.proxy.admin;

import dev.codewise.proxy.access.Actor;
import dev.codewise.proxy.access.AuditTrail;
import dev.codewise.proxy.home.Secret;
import dev.codewise.proxy.web.RequestRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** What an operator does with the settings: see and change them. What is changed here holds here at once. */
final class KeptSettings {

    private final SettingsTable table;
    private final SettingsText text;
    private final SecretKeeper secrets;
    private final AuditTrail trail;
    private final TransactionalOperator together;

    KeptSettings(
            SettingsTable table,
            SettingsText text,
            SecretKeeper secrets,
            AuditTrail trail,
            TransactionalOperator together) {
        this.table = table;
        this.text = text;
        this.secrets = secrets;
        this.trail = trail;
        this.together = together;
    }

    /** All but the secret, of which only whether there is one, and since when. */
    Mono<ObjectNode> shown() {
        return table.read().map(this::shown);
    }

    private ObjectNode shown(SettingsRow row) {
        ObjectNode shown = text.tree(text.read(row.chosen()));
        var key = row.anthropicApiKey();
        ObjectNode about = shown.putObject(SettingsTable.ANTHROPIC_API_KEY).put("set", key != null);
        if (key != null) {
            about.put("changedAt", key.changedAt().toString());
        }
        return shown.put("version", row.version())
                .put("changedAt", row.changedAt().toString());
    }

    Mono<Void> change(Actor actor, SettingsPatch patch) {
        int version = patch.version();
        return table.read()
                .map(row -> patch.appliedTo(text.read(row.chosen())))
                .flatMap(settings -> table.update(version, text.tree(settings).toString()))
                .filter(updated -> updated)
                .switchIfEmpty(Mono.error(KeptSettings::changedMeanwhile))
                .then(patch.namesKey() ? keep(patch.key()) : Mono.empty())
                .then(trail.note(actor, "settings.changed", "settings", patch.told()))
                .as(together::transactional);
    }

    private Mono<Void> keep(@Nullable Secret key) {
        String name = SettingsTable.ANTHROPIC_API_KEY;
        return key == null ? table.forget(name) : secrets.box().flatMap(box -> table.seal(name, box.seal(name, key)));
    }

    private static RequestRefused changedMeanwhile() {
        return new RequestRefused(
                HttpStatus.CONFLICT,
                "The settings were changed since you have seen them. Read them again, and decide.");
    }
}
