package org.cartulary.appliance.local;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Hands the head of a reply to the caller and its content to a stream, reading only as fast as the caller does. */
final class ReplyHandler extends SimpleChannelInboundHandler<HttpObject> {
    private final CompletableFuture<HttpResponse> head = new CompletableFuture<>();
    private final ReplyStream content = new ReplyStream();

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(false);
        context.read();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (message instanceof HttpResponse response) {
            content.onDemand(context::read);
            head.complete(response);
        }
        if (message instanceof HttpContent part) {
            byte[] bytes = new byte[part.content().readableBytes()];
            part.content().readBytes(bytes);
            content.offer(bytes);
            if (message instanceof LastHttpContent) {
                content.end();
                ChannelFuture _ = context.close();
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (content.wantsMore()) {
            context.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(new IOException("the connection closed before the answer was complete"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(new IOException(cause));
        ChannelFuture _ = context.close();
    }

    /** The server may have answered, and closed, before it read all of the body: its answer is what counts. */
    void writeFailed(Throwable cause) {
        if (!head.isDone() && !(cause instanceof ClosedChannelException)) {
            fail(new IOException(cause));
        }
    }

    private void fail(IOException e) {
        head.completeExceptionally(e);
        content.fail(e);
    }

    Reply await(Channel channel) {
        try {
            HttpResponse response = head.get();
            content.onClose(() -> {
                ChannelFuture _ = channel.close();
            });
            String type = response.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
            return new Reply(response.status().code(), type, content);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ChannelFuture _ = channel.close();
            throw new LocalCallFailed("interrupted", e);
        } catch (ExecutionException e) {
            throw new LocalCallFailed("The appliance broke off: " + e.getMessage(), e);
        }
    }
}
