package io.viewal.worker.dataset.importer.hypersim;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import java.io.IOException;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The array of a file that has one, named {@code dataset}, as all of Hypersim's do.
 *
 * @param dimensions outermost first
 * @param values in row order; whole numbers are exact up to 2^24
 */
record HdfArray(int[] dimensions, float[] values) {

    private static final String NAME = "dataset";
    private static final long MOST_NUMBERS = 64L << 20;

    /** Held, since a logger that is not forgets its level: the reader would tell of every file. */
    private static final Logger READER = Logger.getLogger("io.jhdf");

    static {
        READER.setLevel(Level.SEVERE);
    }

    /**
     * Reads a file.
     *
     * @param rank number of dimensions that it must have
     * @throws InvalidInputException when it is broken, or has another array
     */
    static HdfArray read(SourceFiles files, String path, int rank) throws IOException {
        String place = files.describe(path);
        byte[] content = files.read(path);
        try (HdfFile file = HdfFile.fromBytes(content)) {
            Dataset dataset = file.getDatasetByPath(NAME);
            int[] dimensions = dataset.getDimensions();
            // A forged file may claim any size; nothing is allocated for it.
            if (dimensions.length != rank || dataset.getSize() > MOST_NUMBERS || dataset.getSize() <= 0) {
                throw SourceFault.invalid(
                        place,
                        "its array has the size " + Arrays.toString(dimensions) + ", expected " + rank
                                + " dimensions of at most " + MOST_NUMBERS + " numbers");
            }
            return new HdfArray(dimensions, floats(place, dataset.getDataFlat()));
        } catch (InvalidInputException e) {
            throw e;
        } catch (RuntimeException e) {
            // The reader reports broken files by unchecked exceptions of many kinds.
            throw SourceFault.invalid(place, "it can't be read as HDF5 with an array '" + NAME + "': " + e, e);
        }
    }

    private static float[] floats(String place, Object flat) {
        if (flat instanceof float[] values) {
            return values;
        }
        if (!(flat instanceof double[] || flat instanceof int[] || flat instanceof short[] || flat instanceof long[])) {
            throw SourceFault.invalid(
                    place, "its array holds " + flat.getClass().getSimpleName() + ", expected numbers");
        }
        float[] values = new float[Array.getLength(flat)];
        for (int i = 0; i < values.length; i++) {
            values[i] = ((Number) Array.get(flat, i)).floatValue();
        }
        return values;
    }
}
