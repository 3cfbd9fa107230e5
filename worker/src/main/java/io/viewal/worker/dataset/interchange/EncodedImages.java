package io.viewal.worker.dataset.interchange;

import java.util.ArrayList;
import java.util.List;

/**
 * A frame's images as their files will be. Encoding and digests take most of an import's time, so that they are made
 * here, by any thread, before the writer adds the frame.
 *
 * @param parts colour and depth, then labels and superpixels where there are any
 */
public record EncodedImages(List<Part> parts) {

    private static final String LABELS = "label_path";

    /**
     * One file.
     *
     * @param key field of {@code transforms.json} that names it
     * @param folder in the scene's folder
     * @param extension without the dot
     * @param content the file
     * @param sha256 of the content, lower-case hexadecimal
     */
    record Part(String key, String folder, String extension, byte[] content, String sha256) {}

    /** Encodes what is not encoded yet. */
    public static EncodedImages of(TransformsWriter.Images images) {
        List<Part> parts = new ArrayList<>();
        parts.add(part("file_path", "images", images.colorExtension(), images.color()));
        parts.add(part("depth_file_path", "depth", "png", GreyPng.encode(images.depth())));
        if (images.labels() != null) {
            parts.add(part(LABELS, "labels", "png", GreyPng.encode(images.labels())));
        }
        if (images.superpixels() != null) {
            parts.add(part("superpixel_path", "superpixels", "png", GreyPng.encode(images.superpixels())));
        }
        return new EncodedImages(List.copyOf(parts));
    }

    /** Whether there is a label map among them. */
    public boolean labeled() {
        return parts.stream().anyMatch(part -> part.key().equals(LABELS));
    }

    private static Part part(String key, String folder, String extension, byte[] content) {
        return new Part(key, folder, extension, content, ContentDigest.sha256(content));
    }
}
