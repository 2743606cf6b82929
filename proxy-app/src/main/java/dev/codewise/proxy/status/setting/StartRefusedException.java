package dev.codewise.proxy.status.setting;

/** A setting with which the proxy cannot start; the message is the sentence that says which and what to do. */
final class StartRefusedException extends RuntimeException {

    StartRefusedException(String sentence) {
        super(sentence);
    }
}
