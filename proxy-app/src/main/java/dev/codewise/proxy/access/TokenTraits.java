package dev.codewise.proxy.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an operator can change of an agent's token. */
record TokenTraits(String name, boolean pool, @Nullable Instant expiresAt) {

    static TokenTraits of(AgentToken token) {
        return new TokenTraits(token.name(), token.pool(), token.expiresAt());
    }

    /** Of a new token, which is called like its agent where it has no name, and is its owner's alone where nothing else is said. */
    static TokenTraits of(KeyForm form, String agentId, Instant now) {
        return new TokenTraits(agentId, false, null).with(form, now);
    }

    /** With what the form says, and otherwise as they were. */
    TokenTraits with(KeyForm form, Instant now) {
        return new TokenTraits(
                form.has("name") ? form.name("name") : name,
                form.has("pool") ? form.flag("pool") : pool,
                form.has("expiresAt") ? form.expiresAt(now) : expiresAt);
    }

    @Override
    public String toString() {
        return "\"" + name + "\"" + (pool ? " for everybody" : "") + (expiresAt == null ? "" : " until " + expiresAt);
    }
}
