package org.cartulary.appliance.local;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.stream.ChunkedNioFile;
import io.netty.handler.stream.ChunkedStream;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A blocking HTTP client over a Unix domain socket, one connection for each call. Thread-safe.
 */
public final class LocalClient implements AutoCloseable {
    private final Path socket;
    private final @Nullable String key;
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    /** @param key of whoever calls, or null for the console itself */
    public LocalClient(Path socket, @Nullable String key) {
        this.socket = socket;
        this.key = key;
    }

    /** A call without a body. */
    public Reply get(String uri) {
        return exchange(HttpMethod.GET, uri, "application/json", null);
    }

    /** A call without a body, for a text. */
    public Reply getText(String uri) {
        return exchange(HttpMethod.GET, uri, "text/plain", null);
    }

    /**
     * A call with a JSON body.
     *
     * @param accept the media type wanted: JSON, or an event stream
     */
    public Reply post(String uri, String json, String accept) {
        return exchange(HttpMethod.POST, uri, accept, Body.json(json));
    }

    /** A call with a plain text as its body. */
    public Reply postText(String uri, String text) {
        return exchange(HttpMethod.POST, uri, "application/json", Body.text(text));
    }

    /** A call that lets something hold. */
    public Reply put(String uri) {
        return exchange(HttpMethod.PUT, uri, "application/json", null);
    }

    /** A call that sets something to a JSON value. */
    public Reply put(String uri, String json) {
        return exchange(HttpMethod.PUT, uri, "application/json", Body.json(json));
    }

    /** A call that takes something away. */
    public Reply delete(String uri) {
        return exchange(HttpMethod.DELETE, uri, "application/json", null);
    }

    /** A call whose body is a file, streamed. */
    public Reply upload(String uri, Path file) {
        try {
            var channel = java.nio.channels.FileChannel.open(file, StandardOpenOption.READ);
            return exchange(
                    HttpMethod.PUT,
                    uri,
                    "application/json",
                    new Body("application/octet-stream", new HttpChunkedInput(new ChunkedNioFile(channel))));
        } catch (IOException e) {
            throw new LocalCallFailed(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Reply exchange(HttpMethod method, String uri, String accept, @Nullable Body body) {
        ReplyHandler reply = new ReplyHandler();
        Channel channel = connect(reply);
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, uri);
        request.headers()
                .set(HttpHeaderNames.HOST, "localhost")
                .set(HttpHeaderNames.ACCEPT, accept)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (key != null) {
            request.headers().set(HttpHeaderNames.AUTHORIZATION, "Bearer " + key);
        }
        if (body == null) {
            request.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
        } else {
            request.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, body.type())
                    .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        // In one flush with the body: a server that answers without reading it closes, and a write after that would
        // break.
        ChannelFuture _ = channel.write(request);
        send(channel, body == null ? LastHttpContent.EMPTY_LAST_CONTENT : body.content(), reply);
        return reply.await(channel);
    }

    /** A failed write ends the call; a refusal that the server sent before it closed still counts as the reply. */
    private static void send(Channel channel, Object message, ReplyHandler reply) {
        ChannelFuture _ = channel.writeAndFlush(message).addListener(written -> {
            if (!written.isSuccess()) {
                reply.writeFailed(written.cause());
            }
        });
    }

    private Channel connect(ReplyHandler reply) {
        var connected = new Bootstrap()
                .group(group)
                .channel(NioDomainSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpClientCodec(), new ChunkedWriteHandler(), reply);
                    }
                })
                .connect(UnixDomainSocketAddress.of(socket))
                .awaitUninterruptibly();
        if (!connected.isSuccess()) {
            throw new LocalCallFailed(
                    "The appliance's socket " + socket + " does not answer ("
                            + connected.cause().getMessage() + "): is it still starting? Try again in a moment.",
                    connected.cause());
        }
        return connected.channel();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private record Body(String type, HttpChunkedInput content) {
        static Body json(String json) {
            return of("application/json", json);
        }

        static Body text(String text) {
            return of("text/plain; charset=utf-8", text);
        }

        private static Body of(String type, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return new Body(type, new HttpChunkedInput(new ChunkedStream(new ByteArrayInputStream(bytes))));
        }
    }
}
