package dev.codewise.proxy.agent;

import dev.codewise.proxy.completion.CompletionRequest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Which agent has answered a conversation last, so that what continues it finds the cache of its prompt. */
final class Conversations {

    /** The one that nobody came back to for longest is forgotten beyond this; about two megabytes. */
    static final int REMEMBERED = 10_000;

    private static final int KEY_BYTES = 32;

    private final SecretKey key = freshKey();
    private final Map<UUID, String> agents = new Recent<>(REMEMBERED);

    Conversation of(CompletionRequest request) {
        return Conversation.of(request, key);
    }

    synchronized Optional<String> agentOf(Conversation conversation) {
        return conversation.continued().map(agents::get);
    }

    /** To be called once, when the answer has been given to its end; says by what the conversation will be known again. */
    synchronized UUID answered(Conversation conversation, String agentId) {
        UUID known = conversation.withAnswer();
        agents.put(known, agentId);
        return known;
    }

    synchronized int remembered() {
        return agents.size();
    }

    /** Made anew at each start: what is remembered is worth nothing outside of this process. */
    private static SecretKey freshKey() {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        return new SecretKeySpec(random, "HmacSHA256");
    }
}
