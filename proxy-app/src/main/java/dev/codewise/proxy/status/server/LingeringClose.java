package dev.codewise.proxy.status.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Lets a client read an answer that came before it had sent all of its body. A connection that is closed with bytes unread is
 * reset, and the reset takes the answer with it; so only the way out is closed, and the rest of the body is dropped for a while.
 */
final class LingeringClose extends ChannelDuplexHandler {

    private final Duration limit;
    private boolean readingBody;
    private @Nullable Future<?> limitReached;
    private @Nullable ChannelPromise postponed;

    private LingeringClose(Duration limit) {
        this.limit = limit;
    }

    static void follow(Channel channel, Duration limit) {
        channel.pipeline().addAfter(NettyPipeline.HttpCodec, "lingeringClose", new LingeringClose(limit));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            readingBody = true;
        }
        if (message instanceof LastHttpContent) {
            readingBody = false;
            stop();
        }
        if (postponed == null) {
            context.fireChannelRead(message);
        } else {
            drop(context, message);
        }
    }

    private void drop(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
        if (readingBody) {
            context.read();
        } else {
            hangUp(context);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (readingBody && limitReached == null && Answers.endsWith(message)) {
            limitReached = context.executor().schedule(() -> hangUp(context), limit.toMillis(), TimeUnit.MILLISECONDS);
        }
        super.write(context, message, promise);
    }

    /** Only the first one waits: who asks again means it. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) throws Exception {
        if (limitReached == null || postponed != null) {
            super.close(context, promise);
        } else {
            postponed = promise;
            sayThatThisIsAll(context.channel());
            context.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        if (postponed != null) {
            postponed.trySuccess();
        }
        context.fireChannelInactive();
    }

    private static void sayThatThisIsAll(Channel channel) {
        if (channel instanceof DuplexChannel halves) {
            halves.shutdownOutput().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        }
    }

    private static void hangUp(ChannelHandlerContext context) {
        context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    private void stop() {
        if (limitReached != null) {
            limitReached.cancel(false);
            limitReached = null;
        }
    }
}
