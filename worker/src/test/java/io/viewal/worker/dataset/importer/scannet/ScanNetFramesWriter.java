package io.viewal.worker.dataset.importer.scannet;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.importer.PlainFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Writes exported frames as multi-view work publishes them, depth as PNG and labels as NYU40 ids. */
public final class ScanNetFramesWriter {

    private ScanNetFramesWriter() {}

    /** Adds a scene to a folder. */
    public static void write(Path folder, String scene, List<SourceFrame> room, ImageSize size) throws IOException {
        Intrinsics k = room.getFirst().frame().intrinsics();
        Files.createDirectories(folder.resolve("info"));
        Files.createDirectories(folder.resolve("pose"));
        Files.writeString(
                folder.resolve("info/" + scene + ".txt"),
                "m_depthWidth = %d%nm_depthHeight = %d%nm_calibrationDepthIntrinsic = %s 0 %s 0 0 %s %s 0 0 0 1 0 0 0 0 1%n"
                        .formatted(size.width(), size.height(), k.fx(), k.cx(), k.fy(), k.cy()));
        for (int i = 0; i < room.size(); i++) {
            SourceFrame frame = room.get(i);
            String name = "%s_%06d".formatted(scene, i);
            PlainFiles.color(folder.resolve("color/" + name + ".jpg"), frame.color(), size);
            PlainFiles.numbers(folder.resolve("depth/" + name + ".png"), PlainFiles.units(frame.depth(), 1000), size);
            Files.writeString(
                    folder.resolve("pose/" + name + ".txt"),
                    Arrays.stream(frame.frame().pose().matrix())
                            .mapToObj(Double::toString)
                            .collect(Collectors.joining(" ")));
            byte[] ids = new byte[frame.labels().length];
            for (int p = 0; p < ids.length; p++) {
                ids[p] = (byte) (frame.labels()[p] == -1 ? 0 : frame.labels()[p] + 1);
            }
            PlainFiles.bytes(folder.resolve("label/" + name + ".png"), ids, size);
        }
    }
}
