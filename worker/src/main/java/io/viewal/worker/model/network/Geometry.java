package io.viewal.worker.model.network;

/** Size, stride, dilation and groups of a square convolution, padded so that stride 1 keeps the size. */
record Geometry(int kernel, int stride, int dilation, int groups) {

    static Geometry pointwise() {
        return new Geometry(1, 1, 1, 1);
    }

    static Geometry square3() {
        return new Geometry(3, 1, 1, 1);
    }

    static Geometry dilated3(int dilation) {
        return new Geometry(3, 1, dilation, 1);
    }

    static Geometry depthwise(int channels, int stride, int dilation) {
        return new Geometry(3, stride, dilation, channels);
    }

    int padding() {
        return dilation * (kernel - 1) / 2;
    }
}
