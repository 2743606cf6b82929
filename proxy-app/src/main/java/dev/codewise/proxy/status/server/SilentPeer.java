package dev.codewise.proxy.status.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Hangs up on a peer that has vanished, as it acknowledges nothing of what it is sent. One that merely does not read still
 * acknowledges, that it has no room: Linux itself would not tell the two apart, and end both when TCP_USER_TIMEOUT is over.
 */
final class SilentPeer extends ChannelInboundHandlerAdapter {

    private static final int LOOKS = 8;

    private final Duration pause;
    private final Predicate<Duration> silence;
    private int silentLooks;
    private @Nullable Future<?> looking;

    /** @param silence whether something was sent, and nothing acknowledged for so long */
    SilentPeer(Duration limit, Predicate<Duration> silence) {
        this.pause = limit.dividedBy(LOOKS);
        this.silence = silence;
    }

    /** Only Linux's own transport can tell; with the others the system notices, later. */
    static void watch(Channel channel, Duration limit) {
        if (channel instanceof EpollSocketChannel socket) {
            channel.pipeline().addFirst("silentPeer", new SilentPeer(limit, since -> isSilent(socket, since)));
        }
    }

    private static boolean isSilent(EpollSocketChannel socket, Duration since) {
        EpollTcpInfo known = socket.tcpInfo();
        return known.unacked() > 0 && known.lastAckRecv() >= since.toMillis();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        looking = context.executor()
                .scheduleAtFixedRate(() -> look(context), pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext context) {
        silentLooks = context.channel().isActive() && silence.test(pause) ? silentLooks + 1 : 0;
        if (silentLooks == LOOKS) {
            context.close().addListener(closed -> stop());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }

    private void stop() {
        if (looking != null) {
            looking.cancel(false);
            looking = null;
        }
    }
}
