package io.viewal.worker.dataset.importer.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A scene whose list of frames was read when it was opened; images are read later.
 *
 * @param files closed with the scene
 */
public record OpenScene(SourceFiles files, SceneTraits traits, Iterator<ForeignFrame> frames) implements ForeignFrames {

    @Override
    public ForeignFrame next() {
        return frames.hasNext() ? frames.next() : null;
    }

    @Override
    public Set<Path> filesRead() {
        return files.filesRead();
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    /** Reads a scene's description from its files. */
    @FunctionalInterface
    public interface Description {

        OpenScene read(SourceFiles files) throws IOException;
    }

    /** A scene at a place; the files are closed when its description can't be read. */
    public static ForeignScene at(ScenePlace place, Description description) {
        return new ForeignScene() {
            @Override
            public String name() {
                return place.name();
            }

            @Override
            public List<Path> files() {
                return place.files();
            }

            @Override
            public ForeignFrames open() throws IOException {
                SourceFiles files = place.open();
                OpenScene open = null;
                try {
                    open = description.read(files);
                    return open;
                } finally {
                    if (open == null) {
                        files.close();
                    }
                }
            }
        };
    }

    /** Makes a frame of each line or entry only when it is asked for. */
    public static <T> Iterator<ForeignFrame> frames(Iterable<T> entries, Function<T, ForeignFrame> frame) {
        Iterator<T> iterator = entries.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return iterator.hasNext();
            }

            @Override
            public ForeignFrame next() {
                return frame.apply(iterator.next());
            }
        };
    }
}
