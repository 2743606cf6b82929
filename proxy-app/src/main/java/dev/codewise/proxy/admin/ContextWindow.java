package dev.codewise.proxy.admin;

import dev.codewise.proxy.completion.Admission;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.Demand;
import dev.codewise.proxy.completion.Origin;
import dev.codewise.proxy.settings.LiveSettings;
import java.util.function.Supplier;

/** Refuses a request that brings more history than the operator allows. */
final class ContextWindow implements Admission {

    private final LiveSettings settings;

    ContextWindow(LiveSettings settings) {
        this.settings = settings;
    }

    @Override
    public void admit(Origin origin, String model, Supplier<Demand> demand) {
        Long most = settings.now().contextWindow();
        if (most != null) {
            check(demand.get().likelyInputTokens(), most);
        }
    }

    private static void check(long tokens, long most) {
        if (tokens > most) {
            throw new CompletionException(
                    Reason.PROMPT_TOO_LONG,
                    "The conversation is about " + tokens + " tokens long, and this proxy takes up to " + most
                            + ". Shorten it.");
        }
    }
}
