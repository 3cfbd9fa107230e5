package io.viewal.worker.dataset.superpixel;

/** Makes region ids dense. */
public final class RegionIds {

    private static final int IDS = 1 << 16;

    private RegionIds() {}

    /**
     * Renumbers the ids of a frame to 0, 1, … without a gap, keeping their order; dense ids stay as they are.
     *
     * @param ids uint16 [height, width]; changed in place
     * @return how many regions there are
     */
    public static int compact(char[] ids) {
        boolean[] present = new boolean[IDS];
        for (char id : ids) {
            present[id] = true;
        }
        char[] dense = new char[IDS];
        int regions = 0;
        for (int id = 0; id < IDS; id++) {
            if (present[id]) {
                dense[id] = (char) regions++;
            }
        }
        for (int p = 0; p < ids.length; p++) {
            ids[p] = dense[ids[p]];
        }
        return regions;
    }
}
