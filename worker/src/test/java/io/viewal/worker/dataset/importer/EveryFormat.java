package io.viewal.worker.dataset.importer;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.check.SceneFolders;
import io.viewal.worker.dataset.importer.colmap.ColmapWriter;
import io.viewal.worker.dataset.importer.hypersim.HypersimWriter;
import io.viewal.worker.dataset.importer.matterport.MatterportWriter;
import io.viewal.worker.dataset.importer.nerf.PolycamWriter;
import io.viewal.worker.dataset.importer.scannet.ScanNetFramesWriter;
import io.viewal.worker.dataset.importer.scannet.SensWriter;
import io.viewal.worker.dataset.importer.scenenet.SceneNetWriter;
import io.viewal.worker.dataset.importer.tum.TumWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A small source of every layout that can be imported, each a synthetic room written by its writer. The program prints a
 * line of {@code dataset import}'s arguments for each.
 */
public final class EveryFormat {

    /** Frames a scene. */
    public static final int FRAMES = 5;

    private static final ImageSize SIZE = ImportTrial.SIZE;

    private EveryFormat() {}

    /**
     * A source.
     *
     * @param source its folder
     * @param table its label table; null: it needs none, or has it beside it
     * @param camera null: it says its own
     */
    public record Written(ImportFormat format, Path source, Path table, Intrinsics camera) {

        private Written(ImportFormat format, Path source) {
            this(format, source, null, null);
        }

        private String arguments() {
            return "--format=" + format + " --source=" + source
                    + (table == null ? "" : " --label-table=" + table)
                    + (camera == null
                            ? ""
                            : " --camera=%s,%s,%s,%s".formatted(camera.fx(), camera.fy(), camera.cx(), camera.cy()));
        }
    }

    /** @param arguments the folder to write to */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0])).forEach(written -> System.out.println(written.arguments()));
    }

    /** Writes all of them, each into a folder that is named as {@code dataset import} names its format. */
    public static List<Written> write(Path folder) throws IOException {
        List<SourceFrame> room = ImportTrial.room(FRAMES, 3);
        Intrinsics camera = room.getFirst().frame().intrinsics();
        List<Written> all = new ArrayList<>();

        Path scan = Files.createDirectories(folder.resolve("scannet/scans/scene0001_00"));
        Path table = folder.resolve("scannet/scannetv2-labels.combined.tsv");
        Files.writeString(table, SensWriter.table());
        SensWriter.labelArchive(scan.resolve("scene0001_00_2d-label-filt.zip"), room, SIZE);
        Files.write(scan.resolve("scene0001_00.sens"), new SensWriter(room, SIZE).bytes());
        all.add(new Written(ImportFormat.SCANNET, folder.resolve("scannet/scans"), table, null));

        ScanNetFramesWriter.write(folder.resolve("scannet-frames"), "scene0002_00", room, SIZE);
        all.add(new Written(ImportFormat.SCANNET_FRAMES, folder.resolve("scannet-frames")));

        TumWriter.write(Files.createDirectories(folder.resolve("tum/freiburg1_room")), room, SIZE);
        all.add(new Written(ImportFormat.TUM, folder.resolve("tum"), null, camera));

        ColmapWriter.write(folder.resolve("colmap/kitchen"), room, SIZE);
        all.add(new Written(ImportFormat.COLMAP, folder.resolve("colmap")));

        HypersimWriter.write(folder.resolve("hypersim/ai_001_001"), room);
        all.add(new Written(ImportFormat.HYPERSIM, folder.resolve("hypersim"), null, camera));

        PolycamWriter.write(folder.resolve("polycam/capture"), room);
        all.add(new Written(ImportFormat.POLYCAM, folder.resolve("polycam")));

        MatterportWriter.write(folder.resolve("matterport/house"), room, ImportTrial.room(FRAMES, 8));
        all.add(new Written(ImportFormat.MATTERPORT, folder.resolve("matterport")));

        SceneNetWriter.write(folder.resolve("scenenet"), ImportTrial.room(FRAMES, 11, SceneNetWriter.TAKEN));
        all.add(new Written(ImportFormat.SCENENET, folder.resolve("scenenet")));

        SceneFolders.synthetic(folder.resolve("transforms"), FRAMES, 3);
        all.add(new Written(ImportFormat.TRANSFORMS, folder.resolve("transforms")));
        return all;
    }

    /** Lays a map of class ids beside each image of a source whose layout has no labels; nothing beside others. */
    public static void layLabels(Written written) throws IOException {
        Path images = switch (written.format()) {
            case TUM -> written.source().resolve("freiburg1_room/rgb");
            case COLMAP -> written.source().resolve("kitchen/images");
            case POLYCAM -> written.source().resolve("capture/keyframes/corrected_images");
            default -> null;
        };
        if (images == null) {
            return;
        }
        try (var files = Files.walk(images)) {
            for (Path image : files.filter(Files::isRegularFile).toList()) {
                String name = images.relativize(image).toString();
                Path label = images.resolveSibling("labels").resolve(name.substring(0, name.lastIndexOf('.')) + ".png");
                PlainFiles.bytes(label, new byte[SIZE.pixels()], SIZE);
            }
        }
    }
}
