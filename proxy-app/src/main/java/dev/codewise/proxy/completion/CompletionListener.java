package dev.codewise.proxy.completion;

/** Is told of each request that is over; must return at once, for it is called where the answer is delivered. */
@FunctionalInterface
interface CompletionListener {

    void ended(CompletionEnded completion);
}
