package dev.codewise.proxy.agent;

/** What can be expected of an agent; only an active one takes requests. */
enum AgentState {
    ACTIVE,

    /** Nothing was heard of it for longer than it promised, though its connection stands. */
    SUSPECT,

    /** It finishes what it has, because it said so or because an operator did. */
    DRAINING,

    /** It has no connection. */
    GONE
}
