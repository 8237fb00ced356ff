package org.cartulary.ingest.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.sax.XHTMLContentHandler;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/**
 * A parser that does what its file says: runs in the parser process of tests and stands for whatever a hostile file may
 * make a real parser do. The file is {@code HOSTILE <command> [argument]}.
 */
public class HostileParser implements Parser {
    private static final long serialVersionUID = 1L;

    @Override
    public Set<MediaType> getSupportedTypes(ParseContext context) {
        return Set.of(MediaType.application("x-hostile"));
    }

    @Override
    public void parse(InputStream stream, ContentHandler handler, Metadata metadata, ParseContext context)
            throws IOException, SAXException {
        String[] words = new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                .strip()
                .split(" ", 3);
        XHTMLContentHandler xhtml = new XHTMLContentHandler(handler, metadata);
        xhtml.startDocument();
        xhtml.element("p", answer(words[1], words.length > 2 ? words[2] : ""));
        xhtml.endDocument();
    }

    private static String answer(String command, String argument) throws IOException {
        return switch (command) {
            case "hang" -> hang();
            case "hang-once" -> Files.exists(Path.of(argument)) ? "came through" : markAndHang(Path.of(argument));
            case "exit" -> exit();
            case "litter" -> litter();
            case "exhaust" -> exhaust();
            case "network" -> network(Integer.parseInt(argument));
            case "environment" -> System.getenv().toString();
            default -> "said " + command;
        };
    }

    private static String hang() {
        while (true) {
            LockSupport.parkNanos(1_000_000_000L);
        }
    }

    private static String markAndHang(Path mark) throws IOException {
        Files.createFile(mark);
        return hang();
    }

    private static String exit() {
        Runtime.getRuntime().halt(3);
        return "";
    }

    private static String litter() throws IOException {
        Files.writeString(Files.createTempFile("litter", ".tmp"), "left behind");
        return exit();
    }

    private static String exhaust() {
        long hoarded = 0;
        List<byte[]> hoard = new ArrayList<>();
        while (hoarded < Long.MAX_VALUE) {
            hoard.add(new byte[16 << 20]);
            hoarded += hoard.getLast().length;
        }
        return "exhausted " + hoard.size();
    }

    private static String network(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2000);
            return "network open";
        } catch (IOException e) {
            return "network closed";
        }
    }
}
