package io.viewal.worker.dataset.importer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viewal.worker.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing outside a folder or an archive can be read, and no archive can take more than it is allowed. */
class SourceFilesTest {

    private static final ArchiveLimits SMALL = new ArchiveLimits(3, 1000);

    @TempDir
    Path temp;

    @Test
    void readsAFolderAndAnArchiveAlike() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("data/b"));
        Files.writeString(folder.resolve("2.txt"), "two");
        Files.writeString(folder.resolve("1.txt"), "one");
        Files.createDirectories(folder.resolve("deeper"));
        Path zip = zip("b/2.txt", "two", "b/1.txt", "one", "b/deeper/3.txt", "three");
        for (Path source : new Path[] {temp.resolve("data"), zip}) {
            try (SourceFiles files = SourceFiles.open(source)) {
                assertThat(files.names("b")).containsExactly("1.txt", "2.txt");
                assertThat(files.names("none")).isEmpty();
                assertThat(files.exists("b/1.txt")).isTrue();
                assertThat(files.exists("b")).isFalse();
                assertThat(files.read("b/2.txt")).asString().isEqualTo("two");
                assertRefused(() -> files.read("b/9.txt"), "b/9.txt", "no such file");
            }
        }
    }

    @Test
    void refusesWhatIsNeitherFolderNorArchive() throws IOException {
        Path tar = Files.writeString(temp.resolve("data.tgz"), "x");
        assertRefused(() -> SourceFiles.open(tar), "data.tgz", "unpack it first");
        assertRefused(() -> SourceFiles.open(temp.resolve("none")), "no such folder");
    }

    @Test
    void refusesPathsAndLinksThatLeadOutOfAFolder() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("data"));
        Path secret = Files.writeString(temp.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(folder.resolve("link.txt"), secret);
        Files.createSymbolicLink(folder.resolve("up"), temp);
        try (SourceFiles files = SourceFiles.open(folder)) {
            for (String path : new String[] {"../secret.txt", "link.txt", "up/secret.txt", secret.toString()}) {
                assertRefused(() -> files.read(path), "leads outside");
            }
        }
    }

    @Test
    void aFolderMayItselfBeALink() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("data"));
        Files.writeString(folder.resolve("1.txt"), "one");
        Path link = Files.createSymbolicLink(temp.resolve("link"), folder);
        try (SourceFiles files = SourceFiles.open(link)) {
            assertThat(files.read("1.txt")).asString().isEqualTo("one");
        }
    }

    @Test
    void refusesAFileThatIsTooLarge() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("data"));
        Files.write(folder.resolve("big.bin"), new byte[1001]);
        try (SourceFiles files = SourceFiles.open(folder, SMALL)) {
            assertRefused(() -> files.read("big.bin"), "1001 bytes, more than the 1000");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x.png", "a/../../x.png", "/etc/x.png", "C:/x.png", "a\\..\\x.png"})
    void refusesAnArchiveWithNamesThatWouldLeaveAFolder(String name) throws IOException {
        Path zip = zip("a/1.png", "1", name, "2");
        assertRefused(() -> SourceFiles.open(zip), "data.zip", "outside a folder");
    }

    @Test
    void refusesAnArchiveWithTooManyEntries() throws IOException {
        Path zip = zip("1", "", "2", "", "3", "", "4", "");
        assertRefused(() -> SourceFiles.open(zip, SMALL), "4 entries, more than the 3");
    }

    @Test
    void refusesAnEntryThatUnpacksToTooMuchWhateverItSays() throws IOException {
        Path zip = zip("bomb.png", "0".repeat(100_000));
        // The size that the archive states of it, in both of its headers.
        byte[] content = Files.readAllBytes(zip);
        patch(content, 0x02014b50, 24, 10);
        Files.write(zip, content);
        try (SourceFiles files = SourceFiles.open(zip, SMALL)) {
            assertRefused(() -> files.read("bomb.png"), "bomb.png", "unpacks to more than the 1000 bytes");
        }
    }

    @Test
    void refusesAnArchiveWhoseEntriesOverlap() throws IOException {
        byte[] noise = new byte[600];
        new java.util.Random(1).nextBytes(noise);
        Path zip = stored("a.png", noise, "b.png", noise, "c.png", noise);
        // All three point at the first one's data, and two files' worth of it is cut out.
        byte[] content = Files.readAllBytes(zip);
        ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        int local = 30 + 5 + 600;
        int directory = 3 * local;
        ByteBuffer shorter = ByteBuffer.allocate(content.length - 2 * local).order(ByteOrder.LITTLE_ENDIAN);
        shorter.put(content, 0, local).put(content, directory, content.length - directory);
        for (int i = 0; i < 3; i++) {
            shorter.putInt(local + i * (46 + 5) + 42, 0);
        }
        shorter.putInt(shorter.capacity() - 22 + 16, local);
        assertThat(buffer.getInt(directory)).isEqualTo(0x02014b50);
        Files.write(zip, shorter.array());
        assertRefused(() -> SourceFiles.open(zip), "entries overlap");
    }

    @Test
    void refusesAnArchiveThatIsCutOff() throws IOException {
        Path zip = zip("1.txt", "one", "2.txt", "two");
        byte[] whole = Files.readAllBytes(zip);
        Files.write(zip, Arrays.copyOf(whole, whole.length * 2 / 3));
        assertRefused(() -> SourceFiles.open(zip), "data.zip", "cut off");
    }

    @Test
    void refusesAnEntryThatIsDamaged() throws IOException {
        Path zip = stored("a.png", new byte[100]);
        byte[] content = Files.readAllBytes(zip);
        content[60] = 1;
        Files.write(zip, content);
        try (SourceFiles files = SourceFiles.open(zip)) {
            assertRefused(() -> files.read("a.png"), "a.png", "checksum");
        }
    }

    @Test
    void refusesAnArchiveWithOneNameTwice() throws IOException {
        Path zip = stored("a.png", new byte[10], "b.png", new byte[10]);
        byte[] content = Files.readAllBytes(zip);
        String text = new String(content, StandardCharsets.ISO_8859_1).replace("b.png", "a.png");
        Files.write(zip, text.getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(() -> SourceFiles.open(zip), "two entries of this name");
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable read, String... details) {
        assertThatThrownBy(read)
                .isInstanceOf(InvalidInputException.class)
                .message()
                .contains(details);
    }

    private Path zip(String... namesAndTexts) throws IOException {
        Path zip = temp.resolve("data.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                out.putNextEntry(new ZipEntry(namesAndTexts[i]));
                out.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return zip;
    }

    /** Without compression, so that places in the file are known. */
    private Path stored(Object... namesAndContents) throws IOException {
        Path zip = temp.resolve("data.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                byte[] content = (byte[]) namesAndContents[i + 1];
                CRC32 checksum = new CRC32();
                checksum.update(content);
                ZipEntry entry = new ZipEntry((String) namesAndContents[i]);
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(content.length);
                entry.setCrc(checksum.getValue());
                out.putNextEntry(entry);
                out.write(content);
            }
        }
        return zip;
    }

    private static void patch(byte[] content, int signature, int offset, int value) {
        ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < content.length - 30; at++) {
            if (buffer.getInt(at) == signature) {
                buffer.putInt(at + offset, value);
            }
        }
    }
}
