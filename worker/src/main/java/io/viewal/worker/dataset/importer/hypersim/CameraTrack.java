package io.viewal.worker.dataset.importer.hypersim;

import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.importer.source.SourceFiles;
import io.viewal.worker.dataset.interchange.CameraAxes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The poses of a trajectory, {@code _detail/<camera>}: orientations as matrices of a camera with OpenGL's axes, positions
 * in the units of the scene's assets.
 */
final class CameraTrack {

    private final HdfArray orientations;
    private final HdfArray positions;
    private final double metresAUnit;

    private CameraTrack(HdfArray orientations, HdfArray positions, double metresAUnit) {
        this.orientations = orientations;
        this.positions = positions;
        this.metresAUnit = metresAUnit;
    }

    static CameraTrack read(SourceFiles files, String camera) throws IOException {
        String folder = "_detail/" + camera + "/camera_keyframe_";
        HdfArray orientations = HdfArray.read(files, folder + "orientations.hdf5", 3);
        HdfArray positions = HdfArray.read(files, folder + "positions.hdf5", 2);
        if (orientations.values().length != 9 * positions.dimensions()[0]
                || positions.dimensions()[1] != 3) {
            throw SourceFault.invalid(
                    files.describe(folder + "orientations.hdf5"),
                    "it has " + orientations.values().length + " numbers, expected 9 for each of "
                            + positions.dimensions()[0] + " positions");
        }
        return new CameraTrack(orientations, positions, metresAUnit(files));
    }

    private static double metresAUnit(SourceFiles files) throws IOException {
        String path = "_detail/metadata_scene.csv";
        for (String line : files.text(path).lines().toList()) {
            String[] cells = line.split(",");
            if (cells.length == 2 && cells[0].strip().equals("meters_per_asset_unit")) {
                try {
                    double metres = Double.parseDouble(cells[1].strip());
                    if (metres > 0 && Double.isFinite(metres)) {
                        return metres;
                    }
                } catch (NumberFormatException e) {
                    throw SourceFault.invalid(files.describe(path), "'" + line + "' has no number", e);
                }
            }
        }
        throw SourceFault.invalid(files.describe(path), "it has no line 'meters_per_asset_unit,<positive number>'");
    }

    int size() {
        return positions.dimensions()[0];
    }

    /** Camera → world in metres with OpenCV's axes, 16 numbers. */
    double[] pose(int frame) {
        List<Double> numbers = new ArrayList<>();
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                numbers.add((double) orientations.values()[9 * frame + 3 * row + column]);
            }
            numbers.add(metresAUnit * positions.values()[3 * frame + row]);
        }
        numbers.addAll(List.of(0.0, 0.0, 0.0, 1.0));
        return CameraAxes.flip(numbers.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
