package dev.codewise.agent.cli;

/** For whom the console writes. */
enum LogFormat {
    /** For people: a time and a sentence. */
    TEXT,
    /** For programs: an object with the time, the level and the sentence, and of a request its facts. */
    JSON
}
