package io.viewal.worker.dataset.importer;

import io.viewal.worker.dataset.CameraPose;
import io.viewal.worker.dataset.DepthRange;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.importer.source.ForeignFrame;
import io.viewal.worker.dataset.importer.source.SceneTraits;
import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.importer.source.SourceImages;
import io.viewal.worker.dataset.interchange.DepthForm;
import io.viewal.worker.dataset.interchange.EncodedImages;
import io.viewal.worker.dataset.interchange.PinholeView;
import io.viewal.worker.dataset.interchange.TransformsWriter;
import java.io.IOException;

/**
 * A frame that only needs to be written.
 *
 * @param cameraSize image size that the intrinsics are for
 * @param depth unit and kind of its depth
 */
record ReadyFrame(Frame frame, ImageSize cameraSize, DepthForm depth, EncodedImages images) {

    /**
     * Reads, checks, undistorts and encodes a frame's images: all that takes time.
     *
     * @param range told the frame's depths
     */
    static ReadyFrame of(ForeignFrame.Posed foreign, SceneTraits traits, DepthRange range) throws IOException {
        TransformsWriter.Images images = foreign.images().read();
        ImageSize color = SourceImages.colorSize("its colour image", images.color());
        FrameRules.require(images, color, foreign.cameraSize(), traits);
        DepthForm depth = foreign.depth().orElse(traits.depth());
        range.add(images.depth().values(), depth.metresAUnit());
        PinholeView view = view(foreign);
        Frame frame = new Frame(foreign.name(), view.camera(), new CameraPose(foreign.pose()));
        EncodedImages encoded = EncodedImages.of(
                view.changes() ? view.images(SourceImages.color("its colour image", images.color()), images) : images);
        return new ReadyFrame(frame, foreign.cameraSize(), depth, encoded);
    }

    private static PinholeView view(ForeignFrame.Posed foreign) {
        try {
            return PinholeView.of(foreign.intrinsics(), foreign.cameraSize(), foreign.distortion());
        } catch (IllegalArgumentException e) {
            throw SourceFault.invalid(e.getMessage());
        }
    }
}
