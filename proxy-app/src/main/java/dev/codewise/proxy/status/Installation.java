package dev.codewise.proxy.status;

/** What does not change while the proxy runs: its version, and whether it may ask the Claude API itself. */
record Installation(String version, boolean asksClaudeApi) {}
