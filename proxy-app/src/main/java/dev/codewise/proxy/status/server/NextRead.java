package dev.codewise.proxy.status.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.LastHttpContent;
import reactor.netty.NettyPipeline;

/**
 * Asks for the next request behind every answer. Reactor Netty does so itself, but for one case up to 1.3.7: a request that came
 * before the answer to the one before it was put away, and that was then answered at once. The connection stayed open, and
 * nothing that came over it was read any more (reactor-netty#4361).
 */
final class NextRead extends ChannelOutboundHandlerAdapter {

    private NextRead() {}

    static void follow(Channel channel) {
        channel.pipeline().addAfter(NettyPipeline.HttpCodec, "nextRead", new NextRead());
    }

    /** Later, when whatever answers now has put itself away: then asking once too often does no harm. */
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        super.write(context, message, promise);
        if (message instanceof LastHttpContent) {
            context.executor().execute(context::read);
        }
    }
}
