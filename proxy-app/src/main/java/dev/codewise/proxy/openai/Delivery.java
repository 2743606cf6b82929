package dev.codewise.proxy.openai;

import org.jspecify.annotations.Nullable;

/** How a client wants its answer: in one piece, or as it comes, with or without the usage at its end. */
enum Delivery {
    IN_ONE_PIECE,
    AS_STREAM,
    AS_STREAM_WITH_USAGE;

    static Delivery of(@Nullable Boolean stream, @Nullable StreamOptions options) {
        if (!Boolean.TRUE.equals(stream)) {
            checkNone(options);
            return IN_ONE_PIECE;
        }
        boolean usage = options != null && Boolean.TRUE.equals(options.includeUsage());
        return usage ? AS_STREAM_WITH_USAGE : AS_STREAM;
    }

    private static void checkNone(@Nullable StreamOptions options) {
        if (options != null) {
            throw Refusals.invalid(
                    "stream_options",
                    "\"stream_options\" is only for streams. Leave it out, or set \"stream\" to true.");
        }
    }
}
