package dev.codewise.agent.upload;

/** How the messages of a run fared at the proxy. */
public enum Delivery {
    /** All of them were accepted, the last one included. */
    DELIVERED,
    /** The proxy no longer wants them: nobody waits for this run any more. */
    UNWANTED,
    /** The proxy does not accept the secret. */
    UNAUTHORIZED,
    /** The proxy takes no more of so long an answer. */
    TOO_LARGE,
    /** The proxy could not be reached for as long as the request may be silent. */
    UNREACHABLE,
    /** The proxy did not understand a message. */
    NOT_UNDERSTOOD,
    /** This program gave up the run. */
    ABANDONED
}
