package dev.codewise.proxy.openai.responses;

import org.jspecify.annotations.Nullable;

/**
 * What was said in one response that is kept, in JSON.
 *
 * @param input the items that were asked, without those of the responses before it
 * @param output the items that were answered
 */
record Exchange(String id, @Nullable String previousId, String input, String output) {}
