package dev.codewise.agent.claude;

/** What claude says of its login; whether the service takes it, only an answer would tell. */
public record Login(boolean isLoggedIn, String method, String provider) {}
