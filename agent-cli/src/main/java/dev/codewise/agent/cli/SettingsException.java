package dev.codewise.agent.cli;

/** An option has a value that cannot be used; the message is one sentence that names it and the cure. */
final class SettingsException extends RuntimeException {

    SettingsException(String message) {
        super(message);
    }
}
