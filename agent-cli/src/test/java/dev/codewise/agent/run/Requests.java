package dev.codewise.agent.run;

import dev.codewise.protocol.ProxyEvent.RunRequest;
import dev.codewise.protocol.RunParameters;
import dev.codewise.protocol.RunTurn;
import java.util.List;

/** Requests as a proxy sends them. */
public final class Requests {

    private static final long TIMEOUT = 20_000;
    private static final long DURATION = 60_000;

    private Requests() {}

    public static RunRequest request(String id, RunTurn... turns) {
        return new RunRequest(id, 1, "opus", true, null, List.of(turns), null, TIMEOUT, DURATION);
    }

    static RunRequest silentFor(String id, long timeoutMs) {
        return new RunRequest(id, 1, "opus", true, null, List.of(user("Hi")), null, timeoutMs, DURATION);
    }

    static RunRequest ofModel(String model) {
        return new RunRequest("req_1", 1, model, true, null, List.of(user("Hi")), null, TIMEOUT, DURATION);
    }

    static RunRequest limited(int maxTokens) {
        return asking(RunParameters.ofMaxTokens(maxTokens));
    }

    static RunRequest asking(RunParameters parameters) {
        return new RunRequest("req_1", 1, "opus", true, null, List.of(user("Hi")), parameters, TIMEOUT, DURATION);
    }

    public static RunTurn user(String text) {
        return new RunTurn(RunTurn.Role.USER, text);
    }

    static RunTurn assistant(String text) {
        return new RunTurn(RunTurn.Role.ASSISTANT, text);
    }
}
