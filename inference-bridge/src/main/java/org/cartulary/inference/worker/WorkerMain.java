package org.cartulary.inference.worker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.cartulary.inference.embedding.SelfCheckFailed;
import org.cartulary.inference.embedding.UnusableVector;
import org.cartulary.inference.llama.LlamaUnavailable;
import org.cartulary.inference.models.ModelRefused;
import org.cartulary.inference.models.ModelStore;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.onnx.OnnxUnavailable;
import org.cartulary.inference.process.Lifeline;
import org.cartulary.inference.protocol.Connection;
import org.cartulary.inference.protocol.Frame;
import org.cartulary.inference.protocol.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The worker's life: settings, connection, load, serve, drain. */
public final class WorkerMain {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerMain.class);
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final WorkerSettings settings;
    private final Connection connection;
    private final Replies replies;

    private WorkerMain(WorkerSettings settings, Connection connection) {
        this.settings = settings;
        this.connection = connection;
        this.replies = new Replies(connection);
    }

    /** Runs until the appliance says so or is gone. */
    public static void main(String[] arguments) throws IOException {
        Lifeline lifeline = new Lifeline(System.in);
        WorkerSettings settings = WorkerSettings.ofLine(lifeline.settings());
        lifeline.follow();
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(settings.socket()));
        WorkerMain worker = new WorkerMain(settings, new Connection(channel, "appliance"));
        worker.replies.send(
                0,
                new Message.Hello(
                        Message.VERSION,
                        settings.role(),
                        ProcessHandle.current().pid()));
        try {
            worker.serve(worker.load());
        } catch (ModelRefused | LlamaUnavailable | OnnxUnavailable | SelfCheckFailed | UnusableVector e) {
            worker.refuse(e);
        }
        // Threads of native libraries must not outlive what they work on, so there is no orderly end to wait for.
        Runtime.getRuntime().halt(0);
    }

    private RoleService load() {
        long began = System.nanoTime();
        StoredModel model = ModelStore.read(Path.of(settings.model()));
        model.requireManifest(settings.manifest());
        model.requireIntact();
        long hashed = System.nanoTime();
        RoleService service = switch (settings.role()) {
            case CHAT -> ChatService.load(settings, model, replies);
            case EMBEDDING -> EmbeddingService.load(settings, model, replies);
            case RERANK -> RerankService.load(settings, model, replies);
        };
        long loaded = System.nanoTime();
        replies.send(0, service.ready((hashed - began) / 1_000_000, (loaded - hashed) / 1_000_000));
        return service;
    }

    private void serve(RoleService service) {
        Thread.ofPlatform().name("beat").daemon().start(() -> beat(service));
        try {
            while (true) {
                Frame frame = connection.receive();
                if (frame.message() instanceof Message.Drain drain) {
                    // On a thread of its own: answers under way need the credits that go on coming here.
                    Thread.ofPlatform().name("drain").daemon().start(() -> {
                        service.drain(Duration.ofMillis(drain.patienceMillis()));
                        connection.leave("drained");
                    });
                } else {
                    service.handle(frame.request(), frame.message());
                }
            }
        } catch (IOException e) {
            LOG.info("The connection to the appliance ended: {}", e.getMessage());
        }
    }

    private void beat(RoleService service) {
        try {
            while (true) {
                replies.send(0, service.beat());
                Thread.sleep(BEAT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void refuse(RuntimeException reason) {
        LOG.error("This worker cannot serve: {}", reason.getMessage());
        LOG.debug("What it failed at", reason);
        replies.send(0, new Message.Unusable(String.valueOf(reason.getMessage())));
        leave("cannot serve");
    }

    /** Says why, and waits until the appliance has closed its end, so that nothing said before is lost. */
    private void leave(String reason) {
        connection.leave(reason);
        try {
            while (true) {
                connection.receive();
            }
        } catch (IOException e) {
            LOG.debug("The connection is closed", e);
        }
    }
}
