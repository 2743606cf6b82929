package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;

/** The failure of an answer that just stops: nobody may take it for a whole one. */
public final class Unfinished {

    private Unfinished() {}

    public static CompletionException answer() {
        return new CompletionException(Reason.PROVIDER_FAILED, "The answer broke off before it was finished.");
    }
}
