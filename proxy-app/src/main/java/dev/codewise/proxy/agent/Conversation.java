package dev.codewise.proxy.agent;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Turn;
import dev.codewise.proxy.completion.Turn.Role;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * What one request continues, and what will continue its answer: as numbers by which a conversation is known again, and of which
 * nobody without the key can tell what was said.
 */
final class Conversation {

    private final SecretKey key;
    private final List<byte[]> turns;
    private final int answered;
    private final TurnDigest answer = new TurnDigest(Role.ASSISTANT);

    private Conversation(SecretKey key, List<byte[]> turns, int answered) {
        this.key = key;
        this.turns = turns;
        this.answered = answered;
    }

    /**
     * The cache that makes it worth while to come back is one of a model, so each model has conversations of its own; and so has each
     * owner, for what one of them has said is nothing to go on from for another.
     */
    static Conversation of(CompletionRequest request, SecretKey key) {
        String system = request.system();
        var turns = new ArrayList<byte[]>();
        turns.add(new TurnDigest(request.model(), request.origin().client().owner())
                .words(system == null ? "" : system)
                .value());
        request.turns().forEach(turn -> turns.add(TurnDigest.of(turn)));
        return new Conversation(key, turns, 1 + lastAnswer(request.turns()));
    }

    private static int lastAnswer(List<Turn> turns) {
        return turns.stream().map(Turn::role).toList().lastIndexOf(Role.ASSISTANT);
    }

    /** What was said up to the last answer; empty where there was none yet, so that a conversation only begins. */
    Optional<UUID> continued() {
        return answered == 0 ? Optional.empty() : Optional.of(print(turns.subList(0, answered + 1)));
    }

    void says(CompletionEvent event) {
        event.tell(answer);
    }

    /** What was said, the answer included; to be asked for once it has been given. */
    UUID withAnswer() {
        var all = new ArrayList<>(turns);
        all.add(answer.value());
        return print(all);
    }

    private UUID print(List<byte[]> of) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            of.forEach(mac::update);
            return UUID.nameUUIDFromBytes(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC with SHA-256", e);
        }
    }
}
