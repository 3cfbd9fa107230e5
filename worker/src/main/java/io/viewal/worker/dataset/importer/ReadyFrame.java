package io.viewal.worker.dataset.importer;

import io.viewal.worker.dataset.CameraPose;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.importer.source.ForeignFrame;
import io.viewal.worker.dataset.importer.source.SceneTraits;
import io.viewal.worker.dataset.importer.source.SourceImages;
import io.viewal.worker.dataset.interchange.EncodedImages;
import io.viewal.worker.dataset.interchange.TransformsWriter;
import java.io.IOException;

/**
 * A frame that only needs to be written.
 *
 * @param cameraSize image size that the intrinsics are for
 */
record ReadyFrame(Frame frame, ImageSize cameraSize, EncodedImages images) {

    /** Reads, checks and encodes a frame's images: all that takes time. */
    static ReadyFrame of(ForeignFrame.Posed foreign, SceneTraits traits) throws IOException {
        TransformsWriter.Images images = foreign.images().read();
        ImageSize color = SourceImages.colorSize("its colour image", images.color());
        FrameRules.require(images, color, foreign.cameraSize(), traits);
        Frame frame = new Frame(foreign.name(), foreign.intrinsics(), new CameraPose(foreign.pose()));
        return new ReadyFrame(frame, foreign.cameraSize(), EncodedImages.of(images));
    }
}
