package dev.codewise.proxy.images;

import dev.codewise.proxy.images.RemoteImage.FetchedImage;
import dev.codewise.proxy.web.HttpFailure;
import dev.codewise.proxy.web.RequestRefused;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Fetches the images of a request and puts them where their addresses stood; fails with a {@link RequestRefused} that names the
 * field. Neither an address nor what it leads to gets into a log or a refusal.
 */
public final class RemoteImages {

    private static final int AT_ONCE = 4;

    private final ImageDoor door;
    private final ImageClient client;
    private final ImageLimits limits;

    RemoteImages(ImageDoor door, ImageClient client, ImageLimits limits) {
        this.door = door;
        this.client = client;
        this.limits = limits;
    }

    /** Completes once all of them are in their places; the first that cannot be had ends it. */
    public Mono<Void> fetch(List<RemoteImage> images) {
        if (images.size() > limits.mostImages()) {
            return Mono.error(() -> refusal(
                    images.get(limits.mostImages()),
                    "is one address too many: at most " + limits.mostImages() + " images are fetched for a request."));
        }
        var left = new AtomicLong(limits.largestSum());
        return Flux.fromIterable(images)
                .flatMap(image -> fetch(image, left), AT_ONCE)
                .then();
    }

    private Mono<Void> fetch(RemoteImage image, AtomicLong left) {
        return Mono.defer(() -> door.placeOf(image.url()))
                .flatMap(client::get)
                .switchIfEmpty(Mono.error(RemoteImages::unfetched))
                .timeout(limits.longest(), Mono.error(this::late))
                .map(bytes -> fetched(bytes, left))
                .doOnNext(image.place())
                .onErrorMap(failure -> refusal(image, whyNot(failure)))
                .then();
    }

    private FetchedImage fetched(byte[] bytes, AtomicLong left) {
        if (left.addAndGet(-bytes.length) < 0) {
            throw new ImageRefused("is too much: the images of a request may have " + limits.largestSum()
                    + " bytes together where they are fetched.");
        }
        ImageType type = ImageType.of(bytes).orElseThrow(RemoteImages::noImage);
        return new FetchedImage(type.mediaType(), Base64.getEncoder().encodeToString(bytes));
    }

    private static String whyNot(Throwable failure) {
        return failure instanceof ImageRefused refused
                ? refused.predicate()
                : unfetched().predicate();
    }

    private static RequestRefused refusal(RemoteImage image, String predicate) {
        String sentence = image.field() + " " + predicate;
        return new RequestRefused(new HttpFailure(HttpStatus.BAD_REQUEST, sentence).withField(image.field()));
    }

    private static ImageRefused unfetched() {
        return new ImageRefused("could not be fetched.");
    }

    private static ImageRefused noImage() {
        return new ImageRefused("does not lead to a PNG, JPEG, GIF or WebP image.");
    }

    private ImageRefused late() {
        return new ImageRefused(
                "could not be fetched within " + limits.longest().toMillis() + " ms.");
    }
}
