package io.viewal.worker.dataset.importer.scannet;

import io.viewal.worker.dataset.importer.source.LocalFile;
import io.viewal.worker.dataset.importer.source.SourceFault;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A file that is read from the front by one thread, with parts read by others: little-endian, as ScanNet writes it. */
final class SensFile implements Closeable {

    private final Path path;
    private final LocalFile local;
    private final FileChannel channel;
    private final long bytes;
    private long position;

    SensFile(Path path) throws IOException {
        this.path = path;
        this.local = LocalFile.of(path);
        this.channel = FileChannel.open(local.path());
        this.bytes = channel.size();
    }

    /**
     * The next bytes.
     *
     * @param what for the message
     * @throws io.viewal.worker.InvalidInputException when the file ends before
     */
    ByteBuffer take(int count, String what) throws IOException {
        return ByteBuffer.wrap(read(skip(count, what), count)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Passes over the next bytes, which must be there.
     *
     * @return where they begin
     */
    long skip(long count, String what) {
        if (count < 0 || count > bytes - position) {
            throw SourceFault.invalid(
                    path,
                    "it is cut off: " + what + " should take " + Long.toUnsignedString(count) + " bytes from byte "
                            + position + " on, but the file has " + bytes + "; copy it again");
        }
        position += count;
        return position - count;
    }

    /** Bytes from a place that {@link #skip} gave; for any thread. */
    byte[] read(long from, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw SourceFault.invalid(path, "it became shorter while it was read");
            }
        }
        return buffer.array();
    }

    @Override
    public void close() throws IOException {
        try (local) {
            channel.close();
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
