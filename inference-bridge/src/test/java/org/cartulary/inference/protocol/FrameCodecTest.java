package org.cartulary.inference.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.cartulary.inference.ChatMessage;
import org.cartulary.inference.ChatRequest;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.FinishReason;
import org.cartulary.inference.Generated;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.PromptCacheStatus;
import org.cartulary.inference.Refusal;
import org.cartulary.inference.ReplayRequest;
import org.cartulary.inference.Replayed;
import org.cartulary.inference.Sampling;
import org.cartulary.inference.TokenLogprob;
import org.cartulary.inference.TokenTrace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The wire format, with good and with random bytes. */
final class FrameCodecTest {
    private static final List<ChatMessage> MESSAGES = List.of(new ChatMessage(ChatMessage.Role.USER, "a\u20ac\0\"\n"));
    private static final ModelCard CARD =
            new ModelCard("ab", "name", ModelCard.Role.CHAT, "Q8_0", "MIT", "kernel", 512, true, List.of("en"));
    private static final TokenLogprob LOGPROB =
            new TokenLogprob(5, List.of(195), -0.5, List.of(new TokenLogprob(6, List.of(65, 255), -1, List.of())));
    private static final TokenTrace TRACE = new TokenTrace(List.of(1, 2), List.of(3));
    private static final List<Message> ALL = List.of(
            new Message.Hello(Message.VERSION, ModelCard.Role.EMBEDDING, 4711),
            new Message.Ready(CARD, 384, 512, 3, 4),
            new Message.Unusable("why"),
            new Message.Beat(9, true, 1, 2, 3.5, 4.5, new PromptCacheStatus(1, 2, 3, 4, 5, 6)),
            new Message.Chat(
                    new ChatRequest(
                            MESSAGES,
                            Sampling.GREEDY.withGrammar("root ::= \"a\""),
                            List.of("x"),
                            5,
                            Duration.ofMillis(7)),
                    64),
            new Message.Score(MESSAGES, 1, List.of("a", "b"), 77),
            new Message.CountTokens(List.of("", "b")),
            new Message.CountPrompt(MESSAGES),
            new Message.Embed("ward", List.of("text"), Embedder.Input.QUERY, Embedder.Overlong.WINDOWS, 100),
            new Message.Rerank("ward", "query", List.of("passage"), 100),
            new Message.Credit(32),
            new Message.Cancel(),
            new Message.Drain(5),
            new Message.Accepted(),
            new Message.Piece("p", List.of(LOGPROB)),
            new Message.Replay(new ReplayRequest(TRACE, Sampling.GREEDY, Duration.ofSeconds(3))),
            new Message.Compared(new Replayed(Replayed.Grade.SAME_TO_TOKEN, 1, 2, "k", 3)),
            new Message.Finished(new Generated(
                    "t",
                    FinishReason.LENGTH,
                    2,
                    1,
                    2,
                    Duration.ofMillis(3),
                    Duration.ofNanos(4000),
                    TRACE,
                    List.of(LOGPROB))),
            new Message.Counts(List.of(1, 2)),
            new Message.Scores(List.of(-0.25, -7.0)),
            new Message.Refused(new Refusal.PromptTooLong(1, 2, 3)),
            new Message.Refused(new Refusal.ConversationTooLong(3_000_000, 2_097_152)),
            new Message.Refused(new Refusal.TextTooLong(1, 2, 3)),
            new Message.Refused(new Refusal.PairTooLong(1, 2, 3)),
            new Message.Refused(new Refusal.QueueFull(4, Duration.ofSeconds(5))),
            new Message.Refused(new Refusal.BadRequest("bad")),
            new Message.Failed("f"),
            new Message.Goodbye("g"));

    @Test
    void everyMessageComesBackAsItWas() throws IOException {
        for (Message message : ALL) {
            assertThat(decoded(FrameCodec.encode(new Frame(12345678901L, message))))
                    .isEqualTo(new Frame(12345678901L, message));
        }
    }

    @Test
    void vectorsComeBackBitByBit() throws IOException {
        float[] vector = {1.5f, -0f, Float.MIN_VALUE, 3e38f};
        Frame frame = decoded(FrameCodec.encode(new Frame(1, new Message.Vectors(List.of(vector, vector)))));
        Message.Vectors vectors = (Message.Vectors) frame.message();
        assertThat(vectors.vectors()).hasSize(2);
        assertThat(vectors.vectors().getLast()).containsExactly(vector);
    }

    @Test
    void refusesAMessageThatNoFrameCarries() {
        Message huge = new Message.Piece("x".repeat(Frame.MAX_BYTES), List.of());
        assertThatThrownBy(() -> FrameCodec.encode(new Frame(1, huge)))
                .isInstanceOf(FrameTooLarge.class)
                .hasMessageContaining("fewer or shorter");
    }

    @Test
    void randomBytesAreAViolationAndNothingWorse() {
        Random random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[FrameCodec.HEAD_BYTES + random.nextInt(64)];
            random.nextBytes(bytes);
            bytes[0] = (byte) random.nextInt(24);
            onlyViolations(bytes);
        }
    }

    @Test
    void goodFramesWithOneByteChangedAreMessagesOrViolations() {
        Random random = new Random(5);
        for (Message message : ALL) {
            ByteBuffer good =
                    FrameCodec.encode(new Frame(3, message)).position(4).slice();
            for (int i = 0; i < 300; i++) {
                byte[] bytes = new byte[good.remaining()];
                good.duplicate().get(bytes);
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                onlyViolations(bytes);
            }
        }
    }

    @Test
    @Timeout(60)
    void aPeerThatSendsGarbageIsToldWhyAndLeft(@TempDir Path directory) throws IOException {
        Random random = new Random(6);
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            for (int i = 0; i < 100; i++) {
                try (SocketChannel peer = SocketChannel.open(address);
                        Connection connection = new Connection(server.accept(), "test")) {
                    byte[] garbage = new byte[1 + random.nextInt(200)];
                    random.nextBytes(garbage);
                    peer.write(ByteBuffer.wrap(garbage));
                    peer.shutdownOutput();
                    assertThatThrownBy(() -> receiveAll(connection)).isInstanceOf(IOException.class);
                }
            }
        }
    }

    @Test
    @Timeout(60)
    void aLengthBeyondTheLimitEndsTheConnectionWithAReason(@TempDir Path directory) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            try (SocketChannel channel = SocketChannel.open(address);
                    Connection connection = new Connection(server.accept(), "test");
                    Connection peer = new Connection(channel, "peer")) {
                channel.write(ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).flip());
                assertThatThrownBy(connection::receive).isInstanceOf(ProtocolViolation.class);
                assertThat(peer.receive().message())
                        .isInstanceOfSatisfying(
                                Message.Goodbye.class,
                                goodbye -> assertThat(goodbye.reason()).contains(String.valueOf(Integer.MAX_VALUE)));
                assertThatThrownBy(peer::receive).isInstanceOf(EOFException.class);
            }
        }
    }

    private static void receiveAll(Connection connection) throws IOException {
        while (true) {
            connection.receive();
        }
    }

    private static Frame decoded(ByteBuffer bytes) throws ProtocolViolation {
        return FrameCodec.decode(bytes.position(4).slice());
    }

    private static void onlyViolations(byte[] bytes) {
        try {
            assertThat(FrameCodec.decode(ByteBuffer.wrap(bytes)).message()).isNotNull();
        } catch (ProtocolViolation expected) {
            assertThat(expected).hasMessageMatching("(?s).+");
        }
    }
}
