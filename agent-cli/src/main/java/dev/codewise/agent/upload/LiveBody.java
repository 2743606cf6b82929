package dev.codewise.agent.upload;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** The body of a POST that is still being written while it is sent; whoever writes waits until the network wants more. */
final class LiveBody implements Publisher<ByteBuffer>, Subscription {

    private @Nullable Subscriber<? super ByteBuffer> reader;
    private long wanted;
    private boolean over;

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(this);
        if (!accept(subscriber)) {
            subscriber.onError(new IllegalStateException("this body can be read once"));
        }
    }

    private synchronized boolean accept(Subscriber<? super ByteBuffer> subscriber) {
        var first = reader == null;
        if (first) {
            reader = subscriber;
            notifyAll();
        }
        return first;
    }

    @Override
    public synchronized void request(long more) {
        wanted += more;
        notifyAll();
    }

    @Override
    public synchronized void cancel() {
        over = true;
        notifyAll();
    }

    /** Only ever one thread; false when nobody reads any more. */
    boolean write(byte[] bytes) throws InterruptedException {
        var wanting = awaitWanting();
        if (wanting == null) {
            return false;
        }
        wanting.onNext(ByteBuffer.wrap(bytes));
        return true;
    }

    private synchronized @Nullable Subscriber<? super ByteBuffer> awaitWanting() throws InterruptedException {
        while (!over && (reader == null || wanted == 0)) {
            wait();
        }
        wanted--;
        return over ? null : reader;
    }

    /** The body is complete. */
    void end() throws InterruptedException {
        var reading = awaitReader();
        if (reading != null) {
            reading.onComplete();
        }
    }

    private synchronized @Nullable Subscriber<? super ByteBuffer> awaitReader() throws InterruptedException {
        while (!over && reader == null) {
            wait();
        }
        return over ? null : reader;
    }
}
