package dev.codewise.proxy.status.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.server.HttpServer;

/** Puts every accepted connection under the server's limits. None of them touches a stream that is merely quiet. */
final class ConnectionLimits implements NettyServerCustomizer {

    private static final long UNSENT_BYTES = 128 * 1024;

    private final ServerProperties limits;

    ConnectionLimits(ServerProperties limits) {
        this.limits = limits;
    }

    @Override
    public HttpServer apply(HttpServer server) {
        return server.childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .doOnChannelInit(this::limit);
    }

    private void limit(ConnectionObserver observer, Channel channel, @Nullable SocketAddress remote) {
        leaveThoseWhoDoNotRead(channel);
        SilentPeer.watch(channel, limits.unacknowledged());
        putLittleAside(channel);
        RequestDeadline.watch(channel, limits.header());
        LingeringClose.follow(channel, limits.linger());
        NextRead.follow(channel);
    }

    /**
     * Linux counts what waits for room at the other end as unacknowledged too, though that end says all the time that it has none.
     * Only Linux's own transport knows this option; the others ignore it, and notice later.
     */
    private void leaveThoseWhoDoNotRead(Channel channel) {
        channel.config().setOption(EpollChannelOption.TCP_USER_TIMEOUT, (int)
                limits.unread().toMillis());
    }

    /** The system would put megabytes aside for a client that does not read, and whoever writes them thinks they are gone. */
    private static void putLittleAside(Channel channel) {
        channel.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT_BYTES);
    }
}
