package dev.codewise.proxy.status.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Gives a request's header a time to be complete, from its first byte: the server's own time-outs start again with every
 * byte, so that a client could keep a connection for hours by sending one now and then.
 *
 * <p>It sees the bytes before they are decoded, and {@link Decoded} what they turn into; both run on the connection's
 * own thread.
 */
final class RequestDeadline extends ChannelInboundHandlerAdapter {

    private static final byte[] TOO_LATE =
            "HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final Duration limit;
    private @Nullable Future<?> deadline;
    private boolean readingBody;
    private boolean answering;
    private boolean ended;

    private RequestDeadline(Duration limit) {
        this.limit = limit;
    }

    static void watch(Channel channel, Duration limit) {
        var bytes = new RequestDeadline(limit);
        channel.pipeline()
                .addBefore(NettyPipeline.HttpCodec, "headerDeadline", bytes)
                .addAfter(NettyPipeline.HttpCodec, "headerDeadlineMet", bytes.new Decoded());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (deadline == null && !readingBody && !answering) {
            deadline = context.executor().schedule(() -> refuse(context), limit.toMillis(), TimeUnit.MILLISECONDS);
        }
        context.fireChannelRead(bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }

    private void refuse(ChannelHandlerContext context) {
        ended = true;
        context.writeAndFlush(Unpooled.wrappedBuffer(TOO_LATE)).addListener(ChannelFutureListener.CLOSE);
    }

    private void stop() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    /** Notices when a header is complete, and when the next one may begin. */
    private final class Decoded extends ChannelDuplexHandler {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (ended) {
                ReferenceCountUtil.release(message); // the decoder's complaint about the half header
                return;
            }
            note(message);
            context.fireChannelRead(message);
        }

        private void note(Object message) {
            if (message instanceof HttpRequest) {
                stop();
                readingBody = true;
                answering = true;
            }
            if (message instanceof LastHttpContent) {
                readingBody = false;
                stop();
            }
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
            if (Answers.endsWith(message)) {
                answering = false;
            }
            super.write(context, message, promise);
        }
    }
}
