package io.viewal.worker.acquisition;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The strategies by name: those of the project, and those found on the class path. */
public final class Strategies {

    private static final List<AcquisitionStrategy> OWN = List.of(
            new ViewAl(),
            new RandomFrames(),
            new RandomRegions(),
            new SoftmaxEntropy(),
            new LeastConfidence(),
            new Margin(),
            new McDropoutEntropy(),
            new RegionalMcDropout(false),
            new RegionalMcDropout(true),
            new RegionalMcDropoutWindows(),
            new CoreSet(),
            new MaxRepresentativeness(),
            new Ceal(),
            new ForegroundRandom(),
            ForegroundRandom.twoThirds(),
            ForegroundRandom.oneThird());

    private Strategies() {}

    /** The names of the project's own strategies. */
    public static List<String> names() {
        return OWN.stream().map(AcquisitionStrategy::name).toList();
    }

    /**
     * The strategy of that name.
     *
     * @throws InvalidInputException when there is none
     */
    public static AcquisitionStrategy named(String name) {
        TreeMap<String, AcquisitionStrategy> known = new TreeMap<>();
        ServiceLoader.load(AcquisitionStrategy.class).forEach(s -> known.put(s.name(), s));
        OWN.forEach(s -> known.put(s.name(), s));
        AcquisitionStrategy strategy = known.get(name);
        if (strategy == null) {
            throw new InvalidInputException(
                    Reason.InvalidRequest, "There is no strategy '" + name + "': expected one of " + known.keySet());
        }
        return strategy;
    }
}
