package org.cartulary.appliance;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.runtime.server.EmbeddedServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.cartulary.appliance.home.CartularyHome;
import org.cartulary.appliance.home.LocalSocket;
import org.cartulary.appliance.settings.ConfigurationFile;
import org.cartulary.appliance.settings.Settings;
import org.cartulary.appliance.wiring.Modules;

/**
 * The running appliance: it holds the home, listens on the console's socket and, when serving, on the network address of
 * the configuration. Thread-safe.
 */
public final class Appliance implements AutoCloseable {
    private final CartularyHome home;
    private final Path socket;
    private final ApplicationContext context;
    private final Modules modules;
    private final Thread stopOnExit = Thread.ofPlatform().name("stop").unstarted(this::stop);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean stopping = new AtomicBoolean();

    private Appliance(CartularyHome home, Path socket, ApplicationContext context, Modules modules) {
        this.home = home;
        this.socket = socket;
        this.context = context;
        this.modules = modules;
        // A command that is interrupted, or a service that is told to end, stops everything in good order.
        Runtime.getRuntime().addShutdownHook(stopOnExit);
    }

    /** Starts for one console command: nothing listens but the console's socket. */
    public static Appliance startForConsole(Path directory) {
        return start(directory, Map.of(), modules -> {});
    }

    /**
     * Starts to serve: the socket, and HTTP on {@code cartulary.http.host} and {@code .port}. Nothing listens before every
     * model serves.
     */
    public static Appliance startToServe(Path directory) {
        return startToServe(directory, Map.of());
    }

    /** As {@link #startToServe}, with settings that override the file; for tests and the demonstration. */
    public static Appliance startToServe(Path directory, Map<String, Object> settings) {
        Map<String, Object> all = new LinkedHashMap<>(settings);
        all.put("micronaut.server.netty.listeners.web.host", "${cartulary.http.host:127.0.0.1}");
        all.put("micronaut.server.netty.listeners.web.port", "${cartulary.http.port:8420}");
        return start(directory, all, modules -> modules.inference().awaitReady());
    }

    private static Appliance start(Path directory, Map<String, Object> settings, Consumer<Modules> beforeListening) {
        CartularyHome home = CartularyHome.hold(directory);
        try {
            ConfigurationFile.writeIfAbsent(home.configuration());
            PropertySource file = ConfigurationFile.read(home.configuration());
            Path socket = LocalSocket.choose(home);
            Map<String, Object> properties = new LinkedHashMap<>(settings);
            properties.put("micronaut.server.netty.listeners.console.family", "UNIX");
            properties.put("micronaut.server.netty.listeners.console.path", socket.toString());
            properties.put(
                    "micronaut.server.multipart.location", home.freshUploads().toString());
            ApplicationContext context = ApplicationContext.builder()
                    .deduceEnvironment(false)
                    .banner(false)
                    .singletons(home)
                    .properties(properties)
                    .propertySources(file)
                    .build();
            return opened(home, socket, context, file, beforeListening);
        } catch (RuntimeException e) {
            home.close();
            throw StartFailed.from(e, directory.toString());
        }
    }

    /**
     * The modules are not beans: a framework that is told to stop makes a bean again where one of its threads still asks
     * for it, and would open a home twice.
     */
    private static Appliance opened(
            CartularyHome home,
            Path socket,
            ApplicationContext context,
            PropertySource file,
            Consumer<Modules> beforeListening) {
        Environment environment = context.getEnvironment().start();
        Settings settings = ConfigurationFile.settings(file, environment);
        Modules modules = Modules.open(home, settings, Clock.systemUTC());
        try {
            context.registerSingleton(settings).registerSingleton(modules);
            return listening(home, socket, context, modules, beforeListening);
        } catch (RuntimeException e) {
            modules.close();
            throw e;
        }
    }

    private static Appliance listening(
            CartularyHome home,
            Path socket,
            ApplicationContext context,
            Modules modules,
            Consumer<Modules> beforeListening) {
        // Read now: a context that failed to start has no properties left.
        String address = context.getProperty("cartulary.http.host", String.class)
                        .orElse("127.0.0.1") + ":"
                + context.getProperty("cartulary.http.port", String.class).orElse("8420");
        try {
            beforeListening.accept(modules);
            context.start();
            context.getBean(EmbeddedServer.class).start();
            return new Appliance(home, socket, context, modules);
        } catch (RuntimeException e) {
            context.close();
            throw StartFailed.from(e, address);
        }
    }

    /** The console's socket. */
    public Path socket() {
        return socket;
    }

    /** An object of the composition root; for the commands of this process and for tests. */
    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    /** Where a browser finds the page. */
    public String address() {
        return "http://" + property("cartulary.http.host", "127.0.0.1") + ":" + webPort() + "/";
    }

    private int webPort() {
        return context.getBean(EmbeddedServer.class).getPort();
    }

    private String property(String name, String standard) {
        return context.getProperty(name, String.class).orElse(standard);
    }

    /** Blocks until it has stopped. */
    public void awaitStopped() throws InterruptedException {
        stopped.await();
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(stopOnExit);
        } catch (IllegalStateException e) {
            // The process is ending, and this runs in the hook's stead or beside it; both stop only once.
            return;
        }
    }

    private void stop() {
        if (!stopping.compareAndSet(false, true)) {
            return;
        }
        try {
            context.close();
        } finally {
            closeHome();
        }
    }

    private void closeHome() {
        try {
            modules.close();
        } finally {
            LocalSocket.forget(socket, home);
            home.close();
            stopped.countDown();
        }
    }
}
