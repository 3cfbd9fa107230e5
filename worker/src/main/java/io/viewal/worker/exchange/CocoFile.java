package io.viewal.worker.exchange;

import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.VoidLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Labels as COCO writes them: an annotation for each class in a frame, its mask as run lengths of alternately other and own
 * pixels, column by column. Ids count from 1; the category of class 0 is 1.
 */
record CocoFile(List<Picture> images, List<Annotation> annotations, List<Category> categories) {

    /** A frame. */
    record Picture(int id, String file_name, int width, int height) {}

    /** A class. */
    record Category(int id, String name) {}

    /** Run lengths, of a mask of [height, width]. */
    record Mask(List<Integer> counts, int[] size) {}

    /**
     * A class in a frame.
     *
     * @param bbox left, top, width, height
     * @param iscrowd 1: the segmentation is run lengths
     */
    record Annotation(int id, int image_id, int category_id, Mask segmentation, int area, int[] bbox, int iscrowd) {}

    CocoFile(List<String> classes) {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int id = 0; id < classes.size(); id++) {
            categories.add(new Category(id + 1, classes.get(id)));
        }
    }

    /**
     * Adds a frame.
     *
     * @param ids uint8 [height, width], 255 for none
     */
    void add(FrameKey frame, byte[] ids, ImageSize size) {
        int image = images.size() + 1;
        images.add(new Picture(image, frame.scene() + "/" + frame.frame() + ".png", size.width(), size.height()));
        Map<Integer, int[]> boxes = new TreeMap<>();
        for (int pixel = 0; pixel < ids.length; pixel++) {
            int x = pixel % size.width();
            int y = pixel / size.width();
            if (ids[pixel] != (byte) VoidLabel.ID) {
                int[] box = boxes.computeIfAbsent(ids[pixel] & 0xff, id -> new int[] {x, y, x, y});
                box[0] = Math.min(box[0], x);
                box[2] = Math.max(box[2], x);
                box[3] = y;
            }
        }
        boxes.forEach((id, box) -> annotations.add(annotation(image, id, box, ids, size)));
    }

    private Annotation annotation(int image, int id, int[] box, byte[] ids, ImageSize size) {
        List<Integer> counts = new ArrayList<>();
        boolean own = false;
        int run = 0;
        int area = 0;
        for (int x = 0; x < size.width(); x++) {
            for (int y = 0; y < size.height(); y++) {
                boolean is = (ids[y * size.width() + x] & 0xff) == id;
                if (is != own) {
                    counts.add(run);
                    own = is;
                    run = 0;
                }
                run++;
                area += is ? 1 : 0;
            }
        }
        counts.add(run);
        return new Annotation(
                annotations.size() + 1,
                image,
                id + 1,
                new Mask(counts, new int[] {size.height(), size.width()}),
                area,
                new int[] {box[0], box[1], box[2] - box[0] + 1, box[3] - box[1] + 1},
                1);
    }
}
