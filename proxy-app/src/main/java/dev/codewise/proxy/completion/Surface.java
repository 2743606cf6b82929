package dev.codewise.proxy.completion;

/** The ways in which clients ask. */
public enum Surface {
    CHAT,
    COMPLETIONS,
    RESPONSES,
    MESSAGES
}
