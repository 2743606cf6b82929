package dev.codewise.agent.cli;

/** What the program's exit code says; the help text lists the same. */
enum ExitCode {
    ENDED(0),
    FAILED(1),
    USAGE(2),
    CLI_UNUSABLE(3),
    SECRET_REFUSED(4),
    REPLACED(5),
    AGENT_REFUSED(6),
    NOT_LOGGED_IN(7),
    PROXY_UNREACHABLE(8),
    UNPROTECTED(9),
    SENT_AWAY(10),
    STOPPED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
