package io.viewal.worker.dataset.check;

import com.fasterxml.jackson.annotation.JsonValue;

/** What the check can say of a scene. */
public enum Fault {
    /** Nothing: the views agree. */
    NONE("ok"),
    /** Depth and poses have different units. */
    DEPTH_SCALE("depth scale"),
    /** The camera's axes are named by another convention. */
    CAMERA_AXES("camera axes"),
    /** Poses lead from the world to the camera. */
    POSE_INVERTED("pose inverted"),
    /** Depth is the distance along the ray, not along the camera's axis. */
    RAY_DEPTH("ray depth"),
    /** x and y are swapped in the intrinsics. */
    INTRINSICS_SWAPPED("intrinsics swapped"),
    /** The intrinsics are for another image size. */
    INTRINSICS_SIZE("intrinsics of another size"),
    /** Images are turned or mirrored, all of them or those of one kind. */
    TURNED_IMAGES("turned images"),
    /** Poses or images belong to neighbouring frames. */
    TIME_OFFSET("time offset"),
    /** Most views see nothing that another one sees, so that nothing can be compared. */
    TOO_FEW_OVERLAPS("too few overlaps"),
    /** A frame is broken, or the scene's description is. */
    UNREADABLE("unreadable"),
    /** Nothing that is known, but the views agree less than those of good scenes, or there is too little to compare. */
    DOUBTFUL("doubtful"),
    /** The views do not agree and no known correction helps. */
    UNKNOWN("views do not agree");

    private final String title;

    Fault(String title) {
        this.title = title;
    }

    /** As people read it. */
    @JsonValue
    @Override
    public String toString() {
        return title;
    }
}
