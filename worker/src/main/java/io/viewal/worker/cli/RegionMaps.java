package io.viewal.worker.cli;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.prepare.SceneFolder;
import io.viewal.worker.npy.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Regions that another program made: {@code <frame>.npy}, whole numbers [height, width] from 0 to 65,535 of the type uint8,
 * uint16, int32 or int64. Ids are kept as they are; an id that no pixel has is no region.
 */
record RegionMaps(Path folder) implements SceneFolder.Regions {

    @Override
    public char[] of(String frame, ImageSize size) throws IOException {
        Path file = folder.resolve(frame + ".npy");
        if (!Files.isRegularFile(file)) {
            throw invalid(frame, file + " is missing: every frame needs a map of its regions");
        }
        NpyFile array = NpyFile.open(file);
        if (array.type().contains("f") || !Arrays.equals(array.shape(), new int[] {size.height(), size.width()})) {
            throw invalid(
                    frame,
                    file + " has elements of type " + array.type() + " and the shape " + Arrays.toString(array.shape())
                            + ", expected whole numbers and [" + size.height() + ", " + size.width() + "]");
        }
        char[] ids = new char[size.pixels()];
        for (int pixel = 0; pixel < ids.length; pixel++) {
            double id = array.get(pixel);
            if (id < Character.MIN_VALUE || id > Character.MAX_VALUE) {
                throw invalid(frame, file + " has the id " + (long) id + ", expected 0 to 65535: renumber the regions");
            }
            ids[pixel] = (char) id;
        }
        return ids;
    }

    private static InvalidInputException invalid(String frame, String what) {
        return new InvalidInputException(Reason.InvalidDataset, "The regions of frame '" + frame + "': " + what);
    }
}
