package io.viewal.worker.artifact;

import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.VoidLabel;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Label maps by source and frame, compressed until they are asked for. */
final class FrameLabelMaps {

    private final ImageSize size;
    private final Map<LabelSource, NavigableMap<FrameKey, byte[]>> files = new EnumMap<>(LabelSource.class);

    FrameLabelMaps(ImageSize size) {
        this.size = size;
        for (LabelSource source : LabelSource.values()) {
            files.put(source, new TreeMap<>());
        }
    }

    /** PNG files of a source, by frame. */
    NavigableMap<FrameKey, byte[]> files(LabelSource source) {
        return files.get(source);
    }

    void put(LabelSource source, FrameKey frame, byte[] labels) {
        files(source).put(frame, GreyPng.encode(labels, size));
    }

    /** uint8 [height, width], 255 where there is no label. */
    byte[] labels(LabelSource source, FrameKey frame) {
        byte[] png = files(source).get(frame);
        if (png == null) {
            byte[] none = new byte[size.pixels()];
            Arrays.fill(none, (byte) VoidLabel.ID);
            return none;
        }
        return GreyPng.decode(png, size, "Label map " + entryName(source, frame));
    }

    static String entryName(LabelSource source, FrameKey frame) {
        return source.folder() + frame.scene() + "/" + frame.frame() + ".png";
    }
}
