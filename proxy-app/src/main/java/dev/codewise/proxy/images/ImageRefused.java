package dev.codewise.proxy.images;

/** Why an image is not fetched, as a sentence without its subject, which is the field of the request. */
final class ImageRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ImageRefused(String predicate) {
        // A refusal is no fault of ours: where it was thrown interests nobody.
        super(predicate, null, false, false);
    }

    String predicate() {
        return String.valueOf(getMessage());
    }
}
