package org.cartulary.inference.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.EOFException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ConnectionTest {
    @TempDir
    private Path directory;

    /** A worker that has drained is granted one more credit by a slow reader, and can no longer be told. */
    @Test
    void readsToTheEndWhatAPeerSaidThatCanBeToldNothingMore() throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("socket"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            SocketChannel here = SocketChannel.open(address);
            Connection peer = new Connection(server.accept(), "peer");
            for (int i = 0; i < 100; i++) {
                peer.send(7, new Message.Piece("piece " + i, List.of()));
            }
            peer.leave("drained");
            awaitEnd("peer-writer");
            try (Connection connection = new Connection(here, "here")) {
                connection.send(7, new Message.Credit(1));
                awaitEnd("here-writer");
                for (int i = 0; i < 100; i++) {
                    assertThat(connection.receive().message()).isEqualTo(new Message.Piece("piece " + i, List.of()));
                }
                assertThat(connection.receive().message()).isInstanceOf(Message.Goodbye.class);
                assertThatExceptionOfType(EOFException.class).isThrownBy(connection::receive);
            }
        }
    }

    private static void awaitEnd(String thread) {
        while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(each -> each.getName().equals(thread))) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
