package org.cartulary.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWalkTest {
    @TempDir
    Path root;

    @BeforeEach
    void makeFiles() throws IOException {
        Files.createDirectories(root.resolve("b/c"));
        Files.createDirectories(root.resolve(".git"));
        for (String name : List.of("z.txt", "b/y.txt", "b/c/x.txt", ".hidden", ".git/config")) {
            Files.writeString(root.resolve(name), name);
        }
    }

    @Test
    void findsFilesByTheirPathBelowTheFolder() {
        assertThat(paths(root)).containsExactly("b/c/x.txt", "b/y.txt", "z.txt");
    }

    @Test
    void namesASingleFileByItsName() {
        assertThat(paths(root.resolve("b/c/x.txt"))).containsExactly("x.txt");
    }

    @Test
    void takesASingleHiddenFileThatIsNamed() {
        assertThat(paths(root.resolve(".hidden"))).containsExactly(".hidden");
    }

    @Test
    void endsAtALoopOfLinksAndSaysSo() throws IOException {
        Files.createSymbolicLink(root.resolve("b/loop"), root);
        FolderWalk.Found found = FolderWalk.under(List.of(root));
        assertThat(found.files()).hasSize(3);
        assertThat(found.remarks()).singleElement().asString().contains("loop", "folder above it");
    }

    @Test
    void reportsALinkToNothing() throws IOException {
        Files.createSymbolicLink(root.resolve("dangling"), root.resolve("nowhere"));
        assertThat(FolderWalk.under(List.of(root)).remarks())
                .singleElement()
                .asString()
                .contains("link to nothing");
    }

    @Test
    void refusesAPathThatIsNotThere() {
        assertThatThrownBy(() -> FolderWalk.under(List.of(root.resolve("absent"))))
                .hasMessageContaining("absent");
    }

    @Test
    void refusesMoreFilesThanTheLimit() {
        assertThatThrownBy(() -> FolderWalk.under(List.of(root), 2)).hasMessageContaining("more than 2 files");
    }

    private static List<String> paths(Path start) {
        return FolderWalk.under(List.of(start)).files().stream()
                .map(FoundFile::path)
                .toList();
    }
}
