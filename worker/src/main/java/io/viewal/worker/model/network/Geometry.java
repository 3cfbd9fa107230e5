package io.viewal.worker.model.network;

/** A square convolution of an odd kernel: its size, stride, dilation, groups and padding. */
record Geometry(int kernel, int stride, int dilation, int groups, Padding padding) {

    static Geometry pointwise() {
        return new Geometry(1, 1, 1, 1, Padding.NONE);
    }

    static Geometry square3() {
        return dilated3(1);
    }

    static Geometry dilated3(int dilation) {
        return new Geometry(3, 1, dilation, 1, Padding.CENTERED);
    }

    /** How far the taps reach to each side of the middle one. */
    int reach() {
        return dilation * (kernel - 1) / 2;
    }
}
