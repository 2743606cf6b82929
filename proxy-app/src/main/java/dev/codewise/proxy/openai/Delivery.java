package dev.codewise.proxy.openai;

import org.jspecify.annotations.Nullable;

/** How a client wants its answer: in one piece, or as it comes, with or without the usage at its end. */
enum Delivery {
    IN_ONE_PIECE,
    AS_STREAM,
    AS_STREAM_WITH_USAGE;

    private static final String OPTIONS = "stream_options";

    static Delivery of(@Nullable Boolean stream, Fields fields) {
        Fields options = fields.partsOf(OPTIONS);
        if (Boolean.TRUE.equals(stream)) {
            return options.flag(OPTIONS + ".include_usage", false) ? AS_STREAM_WITH_USAGE : AS_STREAM;
        }
        if (fields.has(OPTIONS)) {
            throw Refusals.invalid(
                    OPTIONS, "\"stream_options\" is only for streams. Leave it out, or set \"stream\" to true.");
        }
        return IN_ONE_PIECE;
    }
}
