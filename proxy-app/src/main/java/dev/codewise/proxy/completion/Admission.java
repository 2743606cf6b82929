package dev.codewise.proxy.completion;

import java.util.function.Supplier;

/** Decides whether a request may begin, before anybody is asked to answer it. */
public interface Admission {

    /**
     * Returns at once where the request may begin, and then its end is told of by exactly one {@link CompletionEnded}. What is refused
     * with a {@link CompletionException} has never begun, and has no end.
     *
     * @param model as it is known here, not as the client may call it
     * @param demand costs something to find out
     */
    void admit(Origin origin, String model, Supplier<Demand> demand);
}
