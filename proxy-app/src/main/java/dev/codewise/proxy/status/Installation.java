package dev.codewise.proxy.status;

import java.util.function.BooleanSupplier;

/** What this proxy is: its version, and whether it may ask the Claude API itself, which an operator can change while it runs. */
record Installation(String version, BooleanSupplier claudeApi) {

    boolean asksClaudeApi() {
        return claudeApi.getAsBoolean();
    }
}
