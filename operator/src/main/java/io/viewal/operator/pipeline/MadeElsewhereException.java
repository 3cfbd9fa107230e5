package io.viewal.operator.pipeline;

import io.viewal.operator.job.OtherMaker;

/** Another owner has just launched the same stage. */
final class MadeElsewhereException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient OtherMaker maker;

    MadeElsewhereException(OtherMaker maker) {
        super(maker.name());
        this.maker = maker;
    }

    OtherMaker maker() {
        return maker;
    }
}
