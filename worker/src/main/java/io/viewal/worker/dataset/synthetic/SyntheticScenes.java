package io.viewal.worker.dataset.synthetic;

import io.viewal.contract.PrepareParameters;
import io.viewal.contract.StageFailure;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.SourceScenes;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Furnished rooms with 13 classes, drawn from a seed. A scene depends on the seed and its own number alone: more scenes
 * leave the earlier ones as they are.
 */
public final class SyntheticScenes implements SourceScenes {

    private static final int MOST_SCENES = 100_000;
    private static final int MOST_FRAMES = 10_000;

    private final PrepareParameters.Synthetic parameters;

    /** @throws InvalidInputException when there is to be no scene or no frame, or far too many */
    public SyntheticScenes(PrepareParameters.Synthetic parameters) {
        if (parameters.scenes() < 1 || parameters.scenes() > MOST_SCENES) {
            throw invalid("scenes", parameters.scenes(), MOST_SCENES);
        }
        if (parameters.framesPerScene() < 1 || parameters.framesPerScene() > MOST_FRAMES) {
            throw invalid("framesPerScene", parameters.framesPerScene(), MOST_FRAMES);
        }
        this.parameters = parameters;
    }

    @Override
    public List<String> names() {
        return IntStream.range(0, parameters.scenes())
                .mapToObj(SyntheticScenes::sceneName)
                .toList();
    }

    @Override
    public List<String> classes() {
        return RoomClass.names();
    }

    @Override
    public SourceScene open(String name, ImageSize size, int classes) {
        int number = IntStream.range(0, parameters.scenes())
                .filter(i -> sceneName(i).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no synthetic scene '" + name + "'"));
        long seed = Draw.of(parameters.seed(), number).bits();
        return new SyntheticScene(name, seed, parameters.framesPerScene(), size);
    }

    private static String sceneName(int number) {
        return "room-%05d".formatted(number);
    }

    private static InvalidInputException invalid(String field, int value, int most) {
        return new InvalidInputException(
                StageFailure.Reason.InvalidRequest,
                "source.synthetic." + field + " is " + value + ", expected 1 to " + most);
    }
}
