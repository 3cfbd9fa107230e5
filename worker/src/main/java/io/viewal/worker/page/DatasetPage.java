package io.viewal.worker.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.viewal.contract.ContractJson;
import io.viewal.worker.dataset.ClassColors;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.SourceFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The page that shows a data set: a cloud that turns, the cameras, frames, labels and superpixels; one file. */
public final class DatasetPage {

    private static final double FRUSTUM_METRES = 0.25;
    private static final int OUTLINE = 0xffffff;

    private final String title;
    private final List<String> classes;
    private final ImageSize size;
    private final List<ObjectNode> scenes = new ArrayList<>();

    /** Starts a page. */
    public DatasetPage(String title, List<String> classes, ImageSize size) {
        this.title = title;
        this.classes = classes;
        this.size = size;
    }

    /**
     * Adds a scene.
     *
     * @param frames in the scene
     * @param path the cameras to draw, in order
     * @param shown frames to look at
     */
    public void add(String name, int frames, PointCloud cloud, List<Frame> path, List<SourceFrame> shown) {
        ObjectNode scene = ContractJson.mapper().createObjectNode();
        scene.put("name", name)
                .put("frames", frames)
                .put("points", cloud.count())
                .put("cloud", cloud.base64());
        ArrayNode cameras = scene.putArray("cameras");
        for (Frame frame : path) {
            ObjectNode camera = cameras.addObject().put("name", frame.name());
            ArrayNode points = camera.putArray("points");
            for (float number : PointCloud.frustum(frame.intrinsics(), frame.pose(), size, FRUSTUM_METRES)) {
                points.add(number);
            }
        }
        ArrayNode pictures = scene.putArray("pictures");
        shown.forEach(frame -> picture(pictures.addObject(), frame));
        scenes.add(scene);
    }

    private void picture(ObjectNode picture, SourceFrame frame) {
        picture.put("name", frame.frame().name());
        picture.put("photo", Picture.photo(frame.color(), size).jpegUri());
        if (frame.labels() != null) {
            picture.put("labels", Picture.classes(frame.labels(), size).dataUri());
        }
        if (frame.superpixels() != null) {
            picture.put("regions", Picture.borders(frame.superpixels(), OUTLINE, size));
        }
    }

    /** The file's content. */
    public byte[] html() {
        ObjectNode data = ContractJson.mapper().createObjectNode();
        data.put("width", size.width()).put("height", size.height());
        ArrayNode colors = data.putArray("classes");
        for (int id = 0; id < classes.size(); id++) {
            colors.addObject().put("name", classes.get(id)).put("color", ColorMap.css(ClassColors.of(id)));
        }
        data.putArray("scenes").addAll(scenes);
        // Inside a script only "</script" could end the data.
        String json = data.toString().replace("<", "\\u003c");
        String page = PageStyle.resource("dataset.html")
                .replace("{{title}}", PageHtml.escaped(title))
                .replace("{{style}}", PageStyle.PAGE + PageStyle.resource("dataset.css"))
                .replace("{{script}}", PageStyle.resource("dataset.js"));
        int at = page.indexOf("{{data}}");
        return (page.substring(0, at) + json + page.substring(at + "{{data}}".length()))
                .getBytes(StandardCharsets.UTF_8);
    }
}
