package dev.codewise.proxy.openai.responses;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A response that is kept, in JSON.
 *
 * @param owner whose it is; nobody's in particular where it is from before there were owners
 * @param input the items that were asked, without those of the responses before it
 * @param response itself, with an empty output
 * @param output the items that were answered
 * @param pieces how long each piece of each of those was
 */
record StoredResponse(
        String id,
        @Nullable String owner,
        @Nullable String previousId,
        Instant createdAt,
        String input,
        String response,
        String output,
        String pieces) {

    /** What can be read back: the limits of a body that comes in, for its characters and its tokens. */
    private static final int LONGEST = 8_000_000;

    private static final int LONGEST_PIECES = 900_000;

    boolean isTooLong() {
        return Math.max(input.length(), Math.max(response.length(), output.length())) > LONGEST
                || pieces.length() > LONGEST_PIECES;
    }
}
