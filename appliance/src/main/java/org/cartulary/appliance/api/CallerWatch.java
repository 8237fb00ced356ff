package org.cartulary.appliance.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpRequestWrapper;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.asking.Presence;

/**
 * Watches a caller's connection while work is done for him, and says so when it closes. The server goes on reading while
 * one request is at work, so it learns of the other end's going at once. Thread-safe.
 */
public final class CallerWatch implements AutoCloseable {
    private final Presence presence;
    private final ChannelFutureListener noticing;
    private final ChannelFuture closing;

    private CallerWatch(String caller, ChannelFuture closing) {
        this.presence = new Presence(caller);
        this.noticing = closed -> presence.leave();
        this.closing = closing;
        closing.addListener(noticing);
    }

    /** Begins to watch whoever sent this request. */
    public static CallerWatch of(HttpRequest<?> request, Authentication caller) {
        HttpRequest<?> sent = request;
        while (sent instanceof HttpRequestWrapper<?> wrapper) {
            sent = wrapper.getDelegate();
        }
        if (sent instanceof NettyHttpRequest<?> netty) {
            return new CallerWatch(
                    Caller.of(caller).credential(),
                    netty.getChannelHandlerContext().channel().closeFuture());
        }
        throw new IllegalStateException("A request without a connection: " + sent.getClass());
    }

    /** Whether the caller still waits. */
    public Presence presence() {
        return presence;
    }

    /** Stops watching: the work is done, and a connection may serve many requests. */
    @Override
    public void close() {
        closing.removeListener(noticing);
    }
}
