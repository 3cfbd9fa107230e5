package io.viewal.worker.model;

import java.io.IOException;

/** Labeled frames by index; read in any order, by one thread at a time. */
public interface TrainingSet {

    /** Frames in the set. */
    int size();

    /** The colours of a frame: uint8 [height, width, 3], RGB. */
    byte[] rgb(int index) throws IOException;

    /** The classes of a frame: uint8 [height, width], 255 = void or not labeled. */
    byte[] labels(int index) throws IOException;

    /** A set without frames: a split that is not there. */
    static TrainingSet empty() {
        return new TrainingSet() {
            @Override
            public int size() {
                return 0;
            }

            @Override
            public byte[] rgb(int index) {
                throw new IndexOutOfBoundsException(index);
            }

            @Override
            public byte[] labels(int index) {
                throw new IndexOutOfBoundsException(index);
            }
        };
    }
}
