package org.cartulary.compliance.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.cartulary.compliance.keys.Escrow.Fit;
import org.cartulary.compliance.keys.Escrow.ShareFile;
import org.cartulary.compliance.keys.Escrow.Shares;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EscrowTest {
    private static final int SHARES = 5;
    private static final int THRESHOLD = 3;

    @TempDir
    private Path home;

    @TempDir
    private Path desk;

    private Path file;
    private String key;
    private Shares shares;

    @BeforeEach
    void split() throws IOException {
        file = home.resolve("keys/master.key");
        try (DataKeys keys = DataKeys.open(home)) {
            keys.take();
            LogKeys.openOrMake(home, keys, Clock.systemUTC());
            shares = Escrow.split(keys, SHARES, THRESHOLD);
        }
        key = Files.readString(file);
    }

    private List<ShareFile> some(int... numbers) {
        return IntStream.of(numbers)
                .mapToObj(number -> shares.files().get(number - 1))
                .toList();
    }

    private void assertRefused(List<ShareFile> given, String... message) throws IOException {
        Files.deleteIfExists(file);
        assertThatExceptionOfType(KeyUnusable.class)
                .isThrownBy(() -> Escrow.restore(home, given))
                .withMessageContainingAll(message);
        assertThat(file).doesNotExist();
    }

    @Test
    void anyThreeOfFiveMakeTheKeyAgain() throws IOException {
        for (int chosen = 0; chosen < 1 << SHARES; chosen++) {
            int[] numbers = numbers(chosen);
            if (numbers.length >= THRESHOLD) {
                Files.delete(file);
                assertThat(Escrow.restore(home, some(numbers))).isEqualTo(Fit.OPENS);
                assertThat(file).content().isEqualTo(key);
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    private static int[] numbers(int bits) {
        return IntStream.rangeClosed(1, SHARES)
                .filter(number -> (bits >> (number - 1) & 1) == 1)
                .toArray();
    }

    @Test
    void twoOfThreeThatAreWantedMakeNothing() throws IOException {
        for (int chosen = 1; chosen < 1 << SHARES; chosen++) {
            if (numbers(chosen).length < THRESHOLD) {
                assertRefused(some(numbers(chosen)), "wants 3 shares");
            }
        }
        // And not because they are counted: with a threshold bent to fit, they make another key.
        List<ShareFile> bent = some(2, 4).stream()
                .map(share -> KeyShare.parse(share.text(), share.name()))
                .map(share -> new KeyShare(share.set(), share.number(), share.of(), 2, share.part()))
                .map(share -> new ShareFile(share.fileName(), share.text()))
                .toList();
        assertRefused(bent, "does not open the keys");
    }

    /** Textbook interpolation, so that a set can be put together without this program and without its library. */
    @Test
    void theSharesAreShamirsOverTheFieldOfAes() {
        byte[] made = new byte[32];
        List<KeyShare> given = some(1, 3, 5).stream()
                .map(share -> KeyShare.parse(share.text(), share.name()))
                .toList();
        for (KeyShare one : given) {
            int weight = 1;
            for (KeyShare other : given) {
                if (other.number() != one.number()) {
                    weight = times(weight, times(other.number(), inverse(other.number() ^ one.number())));
                }
            }
            for (int i = 0; i < made.length; i++) {
                made[i] ^= (byte) times(weight, one.part()[i] & 0xff);
            }
        }
        assertThat(HexFormat.of().formatHex(made)).isEqualTo(key.strip());
    }

    private static int times(int a, int b) {
        int product = 0;
        for (int left = a, right = b; right > 0; right >>= 1) {
            product ^= (right & 1) == 1 ? left : 0;
            left = (left << 1) ^ ((left & 0x80) != 0 ? 0x11b : 0);
        }
        return product;
    }

    private static int inverse(int a) {
        return IntStream.range(1, 256).filter(b -> times(a, b) == 1).findFirst().orElseThrow();
    }

    @Test
    void aShareIsAnotherOneEachTimeAndNeverTheKey() {
        Set<String> parts = new HashSet<>();
        try (DataKeys keys = DataKeys.open(home)) {
            for (int i = 0; i < 50; i++) {
                for (ShareFile share : Escrow.split(keys, SHARES, THRESHOLD).files()) {
                    String part = share.text().lines().toList().get(4).replace(" ", "");
                    assertThat(part).doesNotContain(key.strip());
                    assertThat(parts.add(part)).isTrue();
                }
            }
        }
    }

    @Test
    void aBentShareIsNamed() throws IOException {
        ShareFile whole = shares.files().get(1);
        List<String> lines = whole.text().lines().toList();
        for (int line = 1; line < lines.size(); line++) {
            List<String> bent = new ArrayList<>(lines);
            String one = bent.get(line);
            int digit = one.lastIndexOf(' ') + 1;
            bent.set(line, one.substring(0, digit) + (one.charAt(digit) == '7' ? '8' : '7') + one.substring(digit + 1));
            ShareFile given = new ShareFile("the-bent-one.txt", String.join("\n", bent) + "\n");
            assertRefused(
                    List.of(shares.files().getFirst(), given, shares.files().getLast()),
                    "the-bent-one.txt was altered or mistyped");
        }
        assertRefused(List.of(new ShareFile("a-letter.txt", "Dear all")), "a-letter.txt is no share");
    }

    @Test
    void aShareThatWasForgedWithItsCheckDoesNotPassUnseen() throws IOException {
        KeyShare share = KeyShare.parse(shares.files().get(2).text(), "third");
        byte[] part = share.part().clone();
        part[0] ^= 1;
        KeyShare forged = new KeyShare(share.set(), share.number(), share.of(), share.threshold(), part);
        List<ShareFile> given = new ArrayList<>(some(1, 2, 4));
        given.add(new ShareFile("forged", forged.text()));
        assertRefused(given, "one of them was altered");
        assertRefused(given.subList(1, 4), "does not open the keys");
    }

    @Test
    void aShareThatWasTypedInAnotherWayIsTheSame() throws IOException {
        List<ShareFile> typed = some(2, 3, 5).stream()
                .map(share -> new ShareFile(
                        share.name(),
                        share.text().toUpperCase(Locale.ROOT).replace(" ", "  ").replace("\n", " \r\n\n")))
                .toList();
        Files.delete(file);
        assertThat(Escrow.restore(home, typed)).isEqualTo(Fit.OPENS);
    }

    @Test
    void sharesOfTwoSetsAreRefusedAndBothAreNamed() throws IOException {
        Shares other;
        try (DataKeys keys = DataKeys.open(home)) {
            other = Escrow.split(keys, SHARES, THRESHOLD);
        }
        List<ShareFile> mixed = new ArrayList<>(some(1, 2));
        mixed.add(other.files().get(2));
        assertRefused(mixed, shares.set(), other.set(), "only shares of one set");
        assertRefused(some(1, 2, 2), "are the same share, number 2");
    }

    @Test
    void aMasterKeyThatIsThereStays() throws IOException {
        assertThatExceptionOfType(KeyUnusable.class)
                .isThrownBy(() -> Escrow.restore(home, some(1, 2, 3)))
                .withMessageContaining("is there already");
        assertThat(file).content().isEqualTo(key);
        assertThat(Escrow.check(home, some(1, 2, 3))).isEqualTo(Fit.OPENS);
        Files.writeString(file, "00".repeat(32));
        assertThatExceptionOfType(KeyUnusable.class)
                .isThrownBy(() -> Escrow.check(home, some(1, 2, 3)))
                .withMessageContaining("make another key than the one in");
    }

    @Test
    void aHomeOfAnotherKeyIsLeftAsItIs(@TempDir Path other) throws IOException {
        try (DataKeys keys = DataKeys.open(other)) {
            LogKeys.openOrMake(other, keys, Clock.systemUTC());
        }
        Files.delete(other.resolve("keys/master.key"));
        assertThatExceptionOfType(KeyUnusable.class)
                .isThrownBy(() -> Escrow.restore(other, some(1, 2, 3)))
                .withMessageContaining("does not open with this home's master key");
        assertThat(other.resolve("keys/master.key")).doesNotExist();
    }

    @Test
    void anEmptyHomeIsToldThatNothingWasThereToOpen(@TempDir Path other) {
        assertThat(Escrow.restore(other, some(1, 2, 3))).isEqualTo(Fit.NOTHING_TO_OPEN);
        assertThat(other.resolve("keys/master.key")).content().isEqualTo(key);
    }

    @Test
    void filesOfSharesAreTheirOwnersAlone() throws IOException {
        shares.writeTo(desk);
        try (var files = Files.list(desk)) {
            List<Path> written = files.sorted().toList();
            assertThat(written).hasSize(SHARES);
            for (Path one : written) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
                        .isEqualTo("rw-------");
            }
            assertThat(written.getFirst().getFileName()).hasToString("cartulary-share-" + shares.set() + "-1-of-5.txt");
        }
    }

    @Test
    void impossibleNumbersAreRefused() {
        try (DataKeys keys = DataKeys.open(home)) {
            for (int[] wanted : new int[][] {{1, 1}, {2, 1}, {3, 4}, {101, 3}}) {
                assertThatIllegalArgumentException().isThrownBy(() -> Escrow.split(keys, wanted[0], wanted[1]));
            }
        }
    }
}
