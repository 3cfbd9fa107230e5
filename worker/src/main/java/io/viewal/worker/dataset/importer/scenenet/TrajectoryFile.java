package io.viewal.worker.dataset.importer.scenenet;

import io.viewal.worker.dataset.importer.source.SourceFault;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.BiConsumer;

/** A file with one message {@code Trajectories}: any number of trajectories, read one by one. */
final class TrajectoryFile {

    /** Tag of field 1 with a length. */
    private static final int TRAJECTORIES = 1 << 3 | 2;

    private static final int MOST_BYTES = 64 << 20;

    private TrajectoryFile() {}

    /** Where a trajectory's message lies in its file. */
    record Place(long offset, int length) {}

    /**
     * Hands over each trajectory with its place.
     *
     * @throws io.viewal.worker.InvalidInputException when the file is not such a message
     */
    static void read(Path file, BiConsumer<Trajectory, Place> each) throws IOException {
        try (InputStream opened = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(new BufferedInputStream(opened))) {
            long offset = 0;
            for (int tag = in.read(); tag >= 0; tag = in.read()) {
                if (tag != TRAJECTORIES) {
                    throw SourceFault.invalid(
                            file, "it is no file of trajectories: at " + offset + " it has the byte " + tag);
                }
                int length = length(in);
                byte[] message = new byte[length];
                in.readFully(message);
                offset += 1 + lengthBytes(length);
                Trajectory trajectory = Trajectory.parse(new ProtoReader(message));
                requireInside(file, trajectory.renderPath());
                each.accept(trajectory, new Place(offset, length));
                offset += length;
            }
        } catch (ProtoReader.MalformedException | EOFException e) {
            throw SourceFault.invalid(file, "it is cut off or no file of trajectories: " + e.getMessage(), e);
        }
    }

    /** Refuses a path that could leave the data set. */
    private static void requireInside(Path file, String renderPath) {
        boolean inside = Arrays.stream(renderPath.split("/", -1))
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
        if (!inside) {
            throw SourceFault.invalid(
                    file,
                    "a trajectory has the render_path '" + renderPath
                            + "'; expected the path of a folder below the data set, such as 0/223");
        }
    }

    /** Reads the trajectory at a place that the file was found to have. */
    static Trajectory read(Path file, Place place) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(place.offset());
            return Trajectory.parse(new ProtoReader(in.readNBytes(place.length())));
        } catch (ProtoReader.MalformedException | EOFException e) {
            throw SourceFault.invalid(file, "it changed while it was read", e);
        }
    }

    private static int lengthBytes(int length) {
        return Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 6) / 7);
    }

    private static int length(DataInputStream in) throws IOException {
        long length = 0;
        int shift = 0;
        for (int b = in.readUnsignedByte(); ; b = in.readUnsignedByte()) {
            length |= (long) (b & 0x7f) << shift;
            shift += 7;
            if (b < 0x80) {
                break;
            }
            if (shift > 28) {
                throw new ProtoReader.MalformedException("a trajectory's length is too long a number");
            }
        }
        if (length > MOST_BYTES) {
            throw new ProtoReader.MalformedException("a trajectory of " + length + " bytes");
        }
        return (int) length;
    }
}
