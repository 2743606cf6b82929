package dev.codewise.proxy.images;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The kinds of image that a model can look at, told by what they begin with. */
enum ImageType {
    PNG("image/png", 0, "\u0089PNG\r\n\u001a\n"),
    JPEG("image/jpeg", 0, "\u00ff\u00d8\u00ff"),
    GIF("image/gif", 0, "GIF8"),
    WEBP("image/webp", 8, "WEBP");

    private final String mediaType;
    private final int at;
    private final String mark;

    ImageType(String mediaType, int at, String mark) {
        this.mediaType = mediaType;
        this.at = at;
        this.mark = mark;
    }

    String mediaType() {
        return mediaType;
    }

    static Optional<ImageType> of(byte[] image) {
        return Stream.of(values()).filter(type -> type.begins(image)).findFirst();
    }

    private boolean begins(byte[] image) {
        return image.length >= at + mark.length()
                && new String(image, at, mark.length(), StandardCharsets.ISO_8859_1).equals(mark);
    }

    /** Whether a server claims to send one; which one it is, the bytes say better. */
    static boolean isClaimedBy(@Nullable String contentType) {
        String claimed = String.valueOf(contentType).split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return claimed.equals("image/jpg") || Stream.of(values()).anyMatch(type -> type.mediaType.equals(claimed));
    }
}
