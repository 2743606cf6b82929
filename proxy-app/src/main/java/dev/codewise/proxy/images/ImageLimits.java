package dev.codewise.proxy.images;

import java.time.Duration;

/** How much may be fetched for one request, and how long one image may take, its host's name included. */
record ImageLimits(int mostImages, int largestImage, int largestSum, Duration longest) {

    /** An image is as large as the Claude API takes one; all together are as large as a request may be. */
    static final ImageLimits USUAL = new ImageLimits(20, 5 * 1024 * 1024, 8 * 1024 * 1024, Duration.ofSeconds(10));
}
