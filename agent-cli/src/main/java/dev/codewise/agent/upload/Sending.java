package dev.codewise.agent.upload;

/** Brings what is in the outbox of one run to the proxy, in the way that the proxy understands. */
interface Sending {

    /** Returns when the last message has arrived, or none will any more. */
    Delivery sendAll() throws InterruptedException;

    /** The number of the next message it will make. */
    long nextSeq();
}
