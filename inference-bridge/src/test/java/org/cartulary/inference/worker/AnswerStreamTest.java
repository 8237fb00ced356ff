package org.cartulary.inference.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cartulary.inference.ChatMessage;
import org.cartulary.inference.ChatRequest;
import org.cartulary.inference.FinishReason;
import org.cartulary.inference.Sampling;
import org.cartulary.inference.llama.EngineSettings;
import org.cartulary.inference.llama.LlamaEngine;
import org.cartulary.inference.llama.LlamaRuntime;
import org.cartulary.inference.protocol.Connection;
import org.cartulary.inference.protocol.Frame;
import org.cartulary.inference.protocol.Message;
import org.cartulary.inference.testing.Cache;
import org.cartulary.inference.testing.TinyModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stream of an answer between a real engine and a real socket. */
@Timeout(60)
final class AnswerStreamTest {
    private static final ChatRequest ENDLESS = new ChatRequest(
            List.of(new ChatMessage(ChatMessage.Role.USER, "the ward")),
            Sampling.GREEDY.withGrammar("root ::= [a-z] root"),
            List.of(),
            400,
            Duration.ofSeconds(60));

    @Test
    void aCancelThatComesBeforeTheAnswerBeganEndsIt(@TempDir Path directory) throws Exception {
        LlamaRuntime runtime = LlamaRuntime.open(Cache.llamaLibraries());
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("socket"));
        try (ServerSocketChannel server =
                        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
                Connection worker = new Connection(SocketChannel.open(address), "worker");
                Connection appliance = new Connection(server.accept(), "appliance");
                LlamaEngine engine = LlamaEngine.start(
                        runtime, TinyModel.in(directory).file(), null, new EngineSettings(1024, 1024, 1, 2, 1))) {
            AtomicBoolean ended = new AtomicBoolean();
            AnswerStream stream = new AnswerStream(7, 0, new Replies(worker), () -> ended.set(true));
            stream.cancel();
            stream.begun(engine.answer(ENDLESS, stream));
            Frame last = appliance.receive();
            assertThat(last.request()).isEqualTo(7);
            assertThat(last.message())
                    .isInstanceOfSatisfying(
                            Message.Finished.class,
                            finished -> assertThat(finished.answer().finish()).isEqualTo(FinishReason.CANCELLED));
            assertThat(ended).isTrue();
        }
    }
}
