package org.cartulary.inference.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames as bytes: length (4 bytes, big-endian, of what follows), type (1), request (8), body. A body is JSON, but for
 * vectors: count (4), dimension (4), then little-endian floats. Thread-safe.
 */
final class FrameCodec {
    /** Bytes before the body: type and request. */
    static final int HEAD_BYTES = 9;

    /** The type byte is the place in this list; append only. */
    private static final List<Class<? extends Message>> TYPES = List.of(
            Message.Hello.class,
            Message.Ready.class,
            Message.Unusable.class,
            Message.Beat.class,
            Message.Chat.class,
            Message.Score.class,
            Message.CountTokens.class,
            Message.CountPrompt.class,
            Message.Embed.class,
            Message.Credit.class,
            Message.Cancel.class,
            Message.Drain.class,
            Message.Piece.class,
            Message.Finished.class,
            Message.Counts.class,
            Message.Scores.class,
            Message.Vectors.class,
            Message.Refused.class,
            Message.Failed.class,
            Message.Goodbye.class,
            Message.Accepted.class,
            Message.Replay.class,
            Message.Compared.class,
            Message.Rerank.class);

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(16)
                            .maxStringLength(Frame.MAX_BYTES)
                            .build())
                    .build())
            .addModule(new WireTypes())
            .addMixIn(org.cartulary.inference.Refusal.class, WireTypes.RefusalNames.class)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private FrameCodec() {}

    /**
     * The whole frame, length first, ready to be written.
     *
     * @throws FrameTooLarge when it exceeds {@link Frame#MAX_BYTES}
     */
    static ByteBuffer encode(Frame frame) {
        byte[] body = frame.message() instanceof Message.Vectors vectors ? floats(vectors) : json(frame.message());
        int length = HEAD_BYTES + body.length;
        if (length > Frame.MAX_BYTES) {
            throw new FrameTooLarge(length);
        }
        return ByteBuffer.allocate(4 + length)
                .putInt(length)
                .put((byte) TYPES.indexOf(frame.message().getClass()))
                .putLong(frame.request())
                .put(body)
                .flip();
    }

    /**
     * The frame in these bytes, without its length field.
     *
     * @throws ProtocolViolation when they are not one
     */
    static Frame decode(ByteBuffer bytes) throws ProtocolViolation {
        int type = bytes.get();
        long request = bytes.getLong();
        if (type < 0 || type >= TYPES.size()) {
            throw new ProtocolViolation("Unknown message type " + type);
        }
        Class<? extends Message> message = TYPES.get(type);
        return new Frame(request, message == Message.Vectors.class ? vectors(bytes) : read(bytes, message));
    }

    private static Message read(ByteBuffer bytes, Class<? extends Message> type) throws ProtocolViolation {
        byte[] body = new byte[bytes.remaining()];
        bytes.get(body);
        try {
            Message message = JSON.readValue(body, type);
            if (message == null) {
                throw new ProtocolViolation("Empty " + type.getSimpleName());
            }
            return message;
        } catch (ProtocolViolation e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new ProtocolViolation("Malformed " + type.getSimpleName() + " of " + body.length + " bytes", e);
        }
    }

    private static byte[] json(Message message) {
        try {
            return JSON.writeValueAsBytes(message);
        } catch (IOException e) {
            throw new IllegalStateException("A message that cannot be written: " + message.getClass(), e);
        }
    }

    private static byte[] floats(Message.Vectors message) {
        int dimension = message.vectors().isEmpty() ? 0 : message.vectors().getFirst().length;
        ByteBuffer out = ByteBuffer.allocate(8 + message.vectors().size() * dimension * Float.BYTES);
        out.putInt(message.vectors().size()).putInt(dimension);
        out.order(ByteOrder.LITTLE_ENDIAN);
        for (float[] vector : message.vectors()) {
            out.asFloatBuffer().put(vector);
            out.position(out.position() + dimension * Float.BYTES);
        }
        return out.array();
    }

    private static Message.Vectors vectors(ByteBuffer bytes) throws ProtocolViolation {
        if (bytes.remaining() < 8) {
            throw new ProtocolViolation("Vectors of " + bytes.remaining() + " bytes");
        }
        int count = bytes.getInt();
        int dimension = bytes.getInt();
        if (count < 0 || dimension < 0 || (long) count * dimension * Float.BYTES != bytes.remaining()) {
            throw new ProtocolViolation(
                    count + " vectors of " + dimension + " floats in " + bytes.remaining() + " bytes");
        }
        if (dimension == 0 && count > 0) {
            throw new ProtocolViolation("Vectors without dimensions");
        }
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] vector = new float[dimension];
            bytes.asFloatBuffer().get(vector);
            bytes.position(bytes.position() + dimension * Float.BYTES);
            vectors.add(vector);
        }
        return new Message.Vectors(vectors);
    }
}
