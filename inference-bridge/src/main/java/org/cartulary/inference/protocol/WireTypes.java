package org.cartulary.inference.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Duration;
import org.cartulary.inference.Refusal;

/** How values that JSON lacks look on the wire: durations are microseconds, refusals carry their kind. */
final class WireTypes extends SimpleModule {
    WireTypes() {
        addSerializer(Duration.class, new DurationWriter());
        addDeserializer(Duration.class, new DurationReader());
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Refusal.PromptTooLong.class, name = "prompt-too-long"),
        @JsonSubTypes.Type(value = Refusal.ConversationTooLong.class, name = "conversation-too-long"),
        @JsonSubTypes.Type(value = Refusal.TextTooLong.class, name = "text-too-long"),
        @JsonSubTypes.Type(value = Refusal.PairTooLong.class, name = "pair-too-long"),
        @JsonSubTypes.Type(value = Refusal.QueueFull.class, name = "queue-full"),
        @JsonSubTypes.Type(value = Refusal.BadRequest.class, name = "bad-request")
    })
    interface RefusalNames {}

    private static final class DurationWriter extends StdSerializer<Duration> {
        DurationWriter() {
            super(Duration.class);
        }

        @Override
        public void serialize(Duration value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeNumber(value.toNanos() / 1000);
        }
    }

    private static final class DurationReader extends StdDeserializer<Duration> {
        DurationReader() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return Duration.ofNanos(Math.multiplyExact(json.getLongValue(), 1000L));
        }
    }
}
