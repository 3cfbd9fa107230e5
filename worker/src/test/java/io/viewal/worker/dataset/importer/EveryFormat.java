package io.viewal.worker.dataset.importer;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.check.SceneFolders;
import io.viewal.worker.dataset.importer.colmap.ColmapWriter;
import io.viewal.worker.dataset.importer.hypersim.HypersimWriter;
import io.viewal.worker.dataset.importer.matterport.MatterportWriter;
import io.viewal.worker.dataset.importer.nerf.PolycamWriter;
import io.viewal.worker.dataset.importer.scannet.SensWriter;
import io.viewal.worker.dataset.importer.scenenet.SceneNetWriter;
import io.viewal.worker.dataset.importer.tum.TumWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A small source of every layout that can be imported, each a synthetic room written by its writer. The program prints a
 * line of {@code dataset import}'s arguments for each.
 */
public final class EveryFormat {

    private static final ImageSize SIZE = ImportTrial.SIZE;
    private static final int FRAMES = 5;

    private EveryFormat() {}

    /** @param arguments the folder to write to */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        List<SourceFrame> room = ImportTrial.room(FRAMES, 3);
        Intrinsics k = room.getFirst().frame().intrinsics();
        String camera = "--camera=%s,%s,%s,%s".formatted(k.fx(), k.fy(), k.cx(), k.cy());

        Path scan = Files.createDirectories(folder.resolve("scannet/scans/scene0001_00"));
        Path table = folder.resolve("scannet/scannetv2-labels.combined.tsv");
        Files.writeString(table, SensWriter.table());
        SensWriter.labelArchive(scan.resolve("scene0001_00_2d-label-filt.zip"), room, SIZE);
        Files.write(scan.resolve("scene0001_00.sens"), new SensWriter(room, SIZE).bytes());
        tell("scannet", folder.resolve("scannet/scans"), "--label-table=" + table);

        TumWriter.write(Files.createDirectories(folder.resolve("tum/freiburg1_room")), room, SIZE);
        tell("tum", folder.resolve("tum"), camera);

        ColmapWriter.write(folder.resolve("colmap/kitchen"), room, SIZE);
        tell("colmap", folder.resolve("colmap"));

        HypersimWriter.write(folder.resolve("hypersim/ai_001_001"), room);
        tell("hypersim", folder.resolve("hypersim"), camera);

        PolycamWriter.write(folder.resolve("polycam/capture"), room);
        tell("polycam", folder.resolve("polycam"));

        MatterportWriter.write(folder.resolve("matterport/house"), room, ImportTrial.room(FRAMES, 8));
        tell("matterport", folder.resolve("matterport"));

        SceneNetWriter.write(folder.resolve("scenenet"), ImportTrial.room(FRAMES, 11, SceneNetWriter.TAKEN));
        tell("scenenet", folder.resolve("scenenet"));

        SceneFolders.synthetic(folder.resolve("transforms"), FRAMES, 3);
        tell("transforms", folder.resolve("transforms"));
    }

    private static void tell(String format, Path source, String... more) {
        System.out.println("--format=" + format + " --source=" + source + " " + String.join(" ", more));
    }
}
