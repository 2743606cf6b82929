package dev.codewise.agent.connection;

/** Why a connection was given up for good. */
public enum ConnectionEnd {
    /** This program wanted it. */
    CLOSED,
    /** The very first attempt was answered with 401: the secret is wrong. */
    UNAUTHORIZED,
    /** The proxy calls the request itself wrong, such as the agent's id. */
    REFUSED,
    /** Another agent has taken this agent's id. */
    REPLACED,
    /** The operator of the proxy has sent this agent away. */
    SENT_AWAY
}
